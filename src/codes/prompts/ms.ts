import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'Pengesahan berjaya',
  alreadyDone: 'Anda sudah disahkan. Tiada apa-apa lagi yang perlu dibuat',
  proceed: 'Sila teruskan',
  cancelled: 'Dibatalkan. Anda boleh mula semula pada bila-bila masa',
  notPassed: 'Pengesahan tidak berjaya. Sila cuba lagi',
  livenessFailed: 'Semakan wajah tidak berjaya. Sila cuba lagi',
  notSamePerson: 'Kami belum dapat memastikan ini anda. Hadapkan wajah ke skrin dan cuba lagi',
  resultPending: 'Keputusan belum sedia. Sila semak sebentar lagi',
  underReview: 'Perlu disemak oleh pegawai. Sila tunggu pemberitahuan',
  noResult: 'Keputusan tidak ditemui. Sila buat pengesahan semula',
  riskBlocked: 'Urusan ini belum dapat dibuat dalam talian. Gunakan cara lain, atau hubungi khidmat pelanggan dan berikan kod {code}',

  // the face in the picture
  selfFacing: 'Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai',
  faceNotFound: 'Wajah tidak dikesan. Tunjukkan seluruh wajah dengan jelas di dalam bingkai',
  selfNotFound: 'Wajah tidak dikesan. Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai',
  faceNotInVideo: 'Wajah tiada dalam video. Tunjukkan seluruh wajah dengan jelas semasa merakam',
  faceInFrame: 'Hadapkan wajah lurus di dalam bingkai tanpa halangan',
  faceComplete: 'Tunjukkan seluruh wajah dengan jelas di dalam bingkai',
  distance: 'Terlalu dekat atau terlalu jauh. Laraskan jarak supaya seluruh wajah kelihatan jelas',
  uncoverFace: 'Wajah terlindung. Tunjukkan seluruh wajah',
  blurred: 'Gambar kabur. Jangan bergerak semasa merakam',
  doNotShake: 'Jangan bergoyang. Kekalkan wajah lurus di dalam bingkai',
  doNotMove: 'Jangan beralih. Kekalkan wajah lurus di dalam bingkai',
  keepEyesOpen: 'Jangan pejamkan mata semasa merakam',
  blinkForCamera: 'Kelipan mata tidak dikesan. Pandang ke hadapan dan kelipkan mata semasa merakam',
  doAction: 'Lakukan gerakan seperti yang ditunjukkan pada skrin',
  goIndoors: 'Cahaya terlalu kuat. Cuba di dalam bangunan',
  onePersonOnly: 'Pastikan hanya anda di dalam gambar',
  twoFacesAtMost: 'Terlalu banyak wajah. Paling banyak dua orang',

  // the voice
  readDigits: 'Suara tidak dikenali. Baca nombor dengan kuat dan perlahan',
  quietPlace: 'Suara terlalu perlahan. Rakam di tempat yang sunyi',
  lessNoise: 'Sekeliling terlalu bising. Rakam semula di tempat yang sunyi',
  noSound: 'Tiada bunyi. Baca nombor dengan kuat dalam bahasa Mandarin semasa merakam',
  readMandarin: 'Belum berjaya. Baca nombor dengan kuat dalam bahasa Mandarin semasa merakam',
  speakUp: 'Suara tidak kedengaran. Dekatkan telefon dan baca nombor dengan kuat',
  moveLips: 'Buka mulut luas-luas dan sebut setiap nombor dengan jelas',
  digitsExpired: 'Nombor sudah tamat tempoh. Sila buat pengesahan semula',

  // the recording
  recordAgain: 'Sila rakam semula video',
  videoAbnormal: 'Video bermasalah. Sila rakam semula',
  recordLive: 'Rakam video sekarang. Video sedia ada tidak boleh digunakan',
  recordTwoSeconds: 'Video terlalu pendek. Rakam sekurang-kurangnya 2 saat',
  recordSixSeconds: 'Rakam semula, kira-kira 6 saat',
  videoUnclear: 'Video kurang jelas. Cuba dengan telefon lain',

  // photographs and documents
  retakePhoto: 'Sila ambil semula foto yang jelas',
  reuploadPhoto: 'Resolusi gambar terlalu rendah. Sila muat naik semula',
  changeImage: 'Gambar ini tidak boleh digunakan. Gunakan gambar lain',
  uploadId: 'Sila muat naik foto kad pengenalan',
  reuploadId: 'Nombor tidak sepadan dengan kad pengenalan. Sila muat naik semula',
  scanIdAgain: 'Kad pengenalan tidak dapat dibaca. Letakkan mendatar dan ambil foto semula',
  renewId: 'Kad pengenalan sudah tamat tempoh. Gunakan yang masih sah',
  idPhotoUnusable: 'Foto kad pengenalan belum dapat disemak. Hubungi khidmat pelanggan dan berikan kod {code}',

  // the identity
  checkName: 'Sila semak nama yang diisi',
  checkIdNumber: 'Sila semak nombor pengenalan yang diisi',
  checkDetails: 'Sila semak nama dan nombor pengenalan yang diisi',
  checkNameAndId: 'Nama dan nombor pengenalan tidak sepadan. Sila semak',
  visitRegistry: 'Rekod anda tidak ditemui. Sila rujuk pejabat pendaftaran tempat anda berdaftar',
  otherMethod: 'Kad pengenalan ini tidak dapat disemak dalam talian. Gunakan cara lain',

  // the session
  startOver: 'Pengesahan ini sudah tamat. Keluar dan mula semula',
  sessionExpired: 'Pengesahan sudah luput. Sila cuba lagi',
  timedOut: 'Masa tamat. Keluar dan cuba lagi',
  finishFirst: 'Pengesahan belum selesai. Sila teruskan',
  authorizeFirst: 'Berikan kebenaran dahulu, kemudian mula',
  consentNeeded: 'Anda tidak bersetuju dengan penggunaan data wajah. Anda boleh guna cara lain',
  tooFrequent: 'Terlalu kerap mencuba. Sila cuba sebentar lagi',
  tryTomorrow: 'Cubaan sudah habis. Cuba lagi selepas 24 jam',
  keepPageOpen: 'Sila mula semula dan kekal di halaman ini sehingga selesai',

  // the device
  allowCamera: 'Benarkan kamera dalam tetapan, kemudian cuba lagi',
  allowMicrophone: 'Benarkan mikrofon dalam tetapan, kemudian cuba lagi',
  allowCameraAndMicrophone: 'Benarkan kamera dan mikrofon dalam tetapan, kemudian cuba lagi',
  noCamera: 'Kamera tidak ditemui. Gunakan telefon yang ada kamera',
  closeOtherCamera: 'Tutup aplikasi lain yang menggunakan kamera, kemudian cuba lagi',
  restartCamera: 'Kamera tidak bertindak balas. Buka semula halaman ini',
  tapToContinue: 'Ketik gambar untuk teruskan',
  changeDevice: 'Peranti ini tidak disokong. Cuba dengan telefon lain',
  changeBrowser: 'Pelayar ini tidak disokong. Cuba dengan pelayar lain',
  updateApp: 'Sila kemas kini aplikasi',
  reloadPage: 'Halaman belum dimuatkan sepenuhnya. Sila muat semula',

  // the network and the service
  offline: 'Rangkaian terputus. Sambungkan dan cuba lagi',
  networkWeak: 'Rangkaian tidak stabil. Sila cuba sebentar lagi',
  uploadFailed: 'Belum dihantar. Semak rangkaian dan cuba lagi',
  serverFailed: 'Pelayan menghadapi masalah. Sila cuba sebentar lagi',
  busy: 'Ramai pengguna pada masa ini. Sila cuba sebentar lagi',
  maintenance: 'Sistem sedang diselenggara. Sila cuba kemudian',
  unavailable: 'Perkhidmatan tidak tersedia buat masa ini. Hubungi khidmat pelanggan dan berikan kod {code}',
  fault: 'Pengesahan belum dapat diselesaikan. Hubungi khidmat pelanggan dan berikan kod {code}',
  unknown: 'Pengesahan belum selesai. Cuba lagi kemudian; jika masih gagal, hubungi khidmat pelanggan dan berikan kod {code}',

  // during the capture
  'instruction.noFace': 'Letakkan wajah di dalam bingkai',
  'instruction.multipleFaces': 'Pastikan hanya anda di dalam gambar',
  'instruction.moveCloser': 'Dekat sedikit',
  'instruction.moveBack': 'Jauh sedikit',
  'instruction.moveLeft': 'Gerak sedikit ke kiri',
  'instruction.moveRight': 'Gerak sedikit ke kanan',
  'instruction.moveUp': 'Gerak sedikit ke atas',
  'instruction.moveDown': 'Gerak sedikit ke bawah',
  'instruction.faceForward': 'Pandang terus ke skrin',
  'instruction.moreLight': 'Terlalu gelap. Pergi ke tempat yang lebih terang',
  'instruction.lessLight': 'Terlalu terang. Elakkan cahaya kuat',
  'instruction.holdSteady': 'Pegang telefon dengan stabil',
  'instruction.holdStill': 'Bagus, jangan bergerak',
  'instruction.blink': 'Kelipkan mata sekali',
  'instruction.openMouth': 'Buka mulut sekali',
  'instruction.nod': 'Anggukkan kepala sekali',
  'instruction.turnLeft': 'Pusing kepala ke kiri perlahan-lahan',
  'instruction.turnRight': 'Pusing kepala ke kanan perlahan-lahan',
};

export default { locale: 'ms', prompts };
