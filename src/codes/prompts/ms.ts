import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'Pengesahan berjaya',
  alreadyDone: 'Anda sudah disahkan. Tiada apa-apa lagi yang perlu dibuat',
  proceed: 'Sila teruskan',
  cancelled: 'Dibatalkan. Anda boleh mula semula pada bila-bila masa',
  notPassed: 'Sila cuba lagi. Pengesahan tidak berjaya',
  livenessFailed: 'Sila cuba lagi. Semakan wajah tidak berjaya',
  notSamePerson: 'Hadapkan wajah ke skrin dan cuba lagi. Kami belum dapat memastikan ini anda',
  resultPending: 'Sila semak sebentar lagi. Keputusan belum sedia',
  underReview: 'Sila tunggu pemberitahuan. Perlu disemak oleh pegawai',
  noResult: 'Sila buat pengesahan semula. Keputusan tidak ditemui',
  riskBlocked: 'Urusan ini belum dapat dibuat dalam talian. Gunakan cara lain, atau hubungi khidmat pelanggan dan berikan kod {code}',

  // the face in the picture
  selfFacing: 'Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai',
  faceNotFound: 'Tunjukkan seluruh wajah dengan jelas di dalam bingkai. Wajah tidak dikesan',
  selfNotFound: 'Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai. Wajah tidak dikesan',
  faceNotInVideo: 'Tunjukkan seluruh wajah dengan jelas semasa merakam. Wajah tiada dalam video',
  faceInFrame: 'Hadapkan wajah lurus di dalam bingkai tanpa halangan',
  faceComplete: 'Tunjukkan seluruh wajah dengan jelas di dalam bingkai',
  distance: 'Laraskan jarak supaya seluruh wajah kelihatan jelas. Terlalu dekat atau terlalu jauh',
  uncoverFace: 'Tunjukkan seluruh wajah. Wajah terlindung',
  blurred: 'Jangan bergerak semasa merakam. Gambar kabur',
  doNotShake: 'Jangan bergoyang. Kekalkan wajah lurus di dalam bingkai',
  doNotMove: 'Jangan beralih. Kekalkan wajah lurus di dalam bingkai',
  keepEyesOpen: 'Jangan pejamkan mata semasa merakam',
  blinkForCamera: 'Pandang ke hadapan dan kelipkan mata semasa merakam. Kelipan mata tidak dikesan',
  doAction: 'Lakukan gerakan seperti yang ditunjukkan pada skrin',
  goIndoors: 'Cuba di dalam bangunan. Cahaya terlalu kuat',
  onePersonOnly: 'Pastikan hanya anda di dalam gambar',
  twoFacesAtMost: 'Paling banyak dua wajah di dalam gambar. Sekarang terlalu banyak',

  // the voice
  readDigits: 'Baca nombor dengan kuat dan perlahan. Suara tidak dikenali',
  quietPlace: 'Rakam di tempat yang sunyi. Suara terlalu perlahan',
  lessNoise: 'Rakam semula di tempat yang sunyi. Sekeliling terlalu bising',
  noSound: 'Baca nombor dengan kuat dalam bahasa Mandarin semasa merakam. Tiada bunyi',
  readMandarin: 'Baca nombor dengan kuat dalam bahasa Mandarin semasa merakam. Belum berjaya',
  speakUp: 'Dekatkan telefon dan baca nombor dengan kuat. Suara tidak kedengaran',
  moveLips: 'Buka mulut luas-luas dan sebut setiap nombor dengan jelas',
  digitsExpired: 'Sila buat pengesahan semula. Nombor sudah tamat tempoh',

  // the recording
  recordAgain: 'Sila rakam semula video',
  videoAbnormal: 'Sila rakam semula video. Ada masalah pada video ini',
  recordLive: 'Rakam video sekarang. Video sedia ada tidak boleh digunakan',
  recordTwoSeconds: 'Rakam sekurang-kurangnya 2 saat. Video terlalu pendek',
  recordSixSeconds: 'Rakam semula, kira-kira 6 saat',
  videoUnclear: 'Cuba dengan telefon lain. Video kurang jelas',

  // photographs and documents
  retakePhoto: 'Sila ambil semula foto yang jelas',
  reuploadPhoto: 'Sila muat naik gambar yang lebih jelas. Resolusinya terlalu rendah',
  changeImage: 'Gunakan gambar lain. Gambar ini tidak boleh digunakan',
  uploadId: 'Sila muat naik foto kad pengenalan',
  reuploadId: 'Sila muat naik semula kad pengenalan. Nombornya tidak sepadan',
  scanIdAgain: 'Letakkan kad pengenalan mendatar dan ambil foto semula. Kad tidak dapat dibaca',
  renewId: 'Gunakan kad pengenalan yang masih sah. Yang ini sudah tamat tempoh',
  idPhotoUnusable: 'Foto kad pengenalan belum dapat disemak. Hubungi khidmat pelanggan dan berikan kod {code}',

  // the identity
  checkName: 'Sila semak nama yang diisi',
  checkIdNumber: 'Sila semak nombor pengenalan yang diisi',
  checkDetails: 'Sila semak nama dan nombor pengenalan yang diisi',
  checkNameAndId: 'Sila semak nama dan nombor pengenalan. Kedua-duanya tidak sepadan',
  visitRegistry: 'Sila rujuk pejabat pendaftaran tempat anda berdaftar. Rekod anda tidak ditemui',
  otherMethod: 'Gunakan cara lain. Kad pengenalan ini tidak dapat disemak dalam talian',

  // the session
  startOver: 'Keluar dan mula semula. Pengesahan ini sudah tamat',
  sessionExpired: 'Sila cuba lagi. Pengesahan sudah luput',
  timedOut: 'Keluar dan cuba lagi. Masa tamat',
  finishFirst: 'Sila teruskan. Pengesahan belum selesai',
  authorizeFirst: 'Berikan kebenaran dahulu, kemudian mula',
  consentNeeded: 'Anda tidak bersetuju dengan penggunaan data wajah. Anda boleh guna cara lain',
  tooFrequent: 'Sila cuba sebentar lagi. Terlalu kerap mencuba',
  tryTomorrow: 'Cuba lagi selepas 24 jam. Cubaan sudah habis',
  keepPageOpen: 'Sila mula semula dan kekal di halaman ini sehingga selesai',

  // the device
  allowCamera: 'Benarkan kamera dalam tetapan, kemudian cuba lagi',
  allowMicrophone: 'Benarkan mikrofon dalam tetapan, kemudian cuba lagi',
  allowCameraAndMicrophone: 'Benarkan kamera dan mikrofon dalam tetapan, kemudian cuba lagi',
  noCamera: 'Gunakan telefon yang ada kamera. Kamera tidak ditemui',
  closeOtherCamera: 'Tutup aplikasi lain yang menggunakan kamera, kemudian cuba lagi',
  restartCamera: 'Buka semula halaman ini. Kamera tidak bertindak balas',
  tapToContinue: 'Ketik gambar untuk teruskan',
  changeDevice: 'Cuba dengan telefon lain. Peranti ini tidak disokong',
  changeBrowser: 'Cuba dengan pelayar lain. Pelayar ini tidak disokong',
  updateApp: 'Sila kemas kini aplikasi',
  reloadPage: 'Sila muat semula halaman. Halaman belum dimuatkan sepenuhnya',

  // the network and the service
  offline: 'Sambungkan rangkaian dan cuba lagi. Rangkaian terputus',
  networkWeak: 'Sila cuba sebentar lagi. Rangkaian tidak stabil',
  uploadFailed: 'Semak rangkaian dan cuba lagi. Belum dihantar',
  serverFailed: 'Sila cuba sebentar lagi. Pelayan menghadapi masalah',
  busy: 'Sila cuba sebentar lagi. Ramai pengguna pada masa ini',
  maintenance: 'Sila cuba kemudian. Sistem sedang diselenggara',
  unavailable: 'Perkhidmatan tidak tersedia buat masa ini. Hubungi khidmat pelanggan dan berikan kod {code}',
  fault: 'Pengesahan belum dapat diselesaikan. Hubungi khidmat pelanggan dan berikan kod {code}',
  unknown: 'Pengesahan belum selesai. Cuba lagi kemudian; jika masih gagal, hubungi khidmat pelanggan dan berikan kod {code}',

  // during the capture
  'instruction.noFace': 'Letakkan wajah di dalam bingkai',
  'instruction.multipleFaces': 'Pastikan hanya anda di dalam gambar',
  'instruction.moveCloser': 'Dekatkan diri sedikit',
  'instruction.moveBack': 'Undur sedikit',
  'instruction.moveLeft': 'Gerak sedikit ke kiri',
  'instruction.moveRight': 'Gerak sedikit ke kanan',
  'instruction.moveUp': 'Gerak sedikit ke atas',
  'instruction.moveDown': 'Gerak sedikit ke bawah',
  'instruction.faceForward': 'Pandang terus ke skrin',
  'instruction.moreLight': 'Pergi ke tempat yang lebih terang. Terlalu gelap',
  'instruction.lessLight': 'Elakkan cahaya kuat. Terlalu terang',
  'instruction.holdSteady': 'Pegang telefon dengan stabil',
  'instruction.holdStill': 'Bagus, jangan bergerak',
  'instruction.blink': 'Kelipkan mata sekali',
  'instruction.openMouth': 'Buka mulut sekali',
  'instruction.nod': 'Anggukkan kepala sekali',
  'instruction.turnLeft': 'Pusing kepala ke kiri perlahan-lahan',
  'instruction.turnRight': 'Pusing kepala ke kanan perlahan-lahan',
};

export default { locale: 'ms', prompts };
