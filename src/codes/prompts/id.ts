import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'Verifikasi berhasil',
  alreadyDone: 'Anda sudah terverifikasi. Tidak perlu melakukan apa-apa lagi',
  proceed: 'Silakan lanjutkan',
  cancelled: 'Dibatalkan. Anda dapat memulai lagi kapan saja',
  notPassed: 'Verifikasi belum berhasil. Silakan coba lagi',
  livenessFailed: 'Pemeriksaan wajah belum berhasil. Silakan coba lagi',
  notSamePerson: 'Kami belum dapat memastikan ini Anda. Hadapkan wajah ke layar dan coba lagi',
  resultPending: 'Hasil belum tersedia. Silakan periksa lagi nanti',
  underReview: 'Perlu diperiksa petugas. Mohon tunggu pemberitahuan',
  noResult: 'Hasil tidak ditemukan. Silakan verifikasi ulang',
  riskBlocked: 'Saat ini belum bisa dilakukan secara daring. Gunakan cara lain, atau hubungi layanan pelanggan dan sebutkan kode {code}',

  // the face in the picture
  selfFacing: 'Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai',
  faceNotFound: 'Wajah tidak terlihat. Tampilkan seluruh wajah dengan jelas di dalam bingkai',
  selfNotFound: 'Wajah tidak terlihat. Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai',
  faceNotInVideo: 'Wajah tidak ada dalam video. Tampilkan seluruh wajah dengan jelas saat merekam',
  faceInFrame: 'Hadapkan wajah lurus di dalam bingkai tanpa penghalang',
  faceComplete: 'Tampilkan seluruh wajah dengan jelas di dalam bingkai',
  distance: 'Terlalu dekat atau terlalu jauh. Atur jarak agar seluruh wajah terlihat jelas',
  uncoverFace: 'Wajah terhalang. Tampilkan seluruh wajah',
  blurred: 'Gambar buram. Jangan bergerak saat merekam',
  doNotShake: 'Jangan bergoyang. Jaga wajah lurus di dalam bingkai',
  doNotMove: 'Jangan bergeser. Jaga wajah lurus di dalam bingkai',
  keepEyesOpen: 'Jangan menutup mata saat merekam',
  blinkForCamera: 'Kedipan tidak terlihat. Hadap lurus dan berkedip saat merekam',
  doAction: 'Lakukan gerakan sesuai petunjuk di layar',
  goIndoors: 'Cahaya terlalu kuat. Coba di dalam ruangan',
  onePersonOnly: 'Pastikan hanya Anda yang ada di gambar',
  twoFacesAtMost: 'Terlalu banyak wajah. Paling banyak dua orang',

  // the voice
  readDigits: 'Suara tidak dikenali. Bacakan angka dengan keras dan perlahan',
  quietPlace: 'Suara terlalu pelan. Rekam di tempat yang tenang',
  lessNoise: 'Sekitar terlalu bising. Rekam ulang di tempat yang tenang',
  noSound: 'Tidak ada suara. Bacakan angka dengan keras dalam bahasa Mandarin saat merekam',
  readMandarin: 'Belum berhasil. Bacakan angka dengan keras dalam bahasa Mandarin saat merekam',
  speakUp: 'Suara tidak terdengar. Dekatkan ponsel dan bacakan angka dengan keras',
  moveLips: 'Buka mulut lebar-lebar dan ucapkan setiap angka dengan jelas',
  digitsExpired: 'Angka sudah kedaluwarsa. Silakan verifikasi ulang',

  // the recording
  recordAgain: 'Silakan rekam ulang video',
  videoAbnormal: 'Video bermasalah. Silakan rekam ulang',
  recordLive: 'Rekam video sekarang. Video yang sudah ada tidak dapat dipakai',
  recordTwoSeconds: 'Video terlalu singkat. Rekam minimal 2 detik',
  recordSixSeconds: 'Rekam ulang, sekitar 6 detik',
  videoUnclear: 'Video kurang jelas. Coba dengan ponsel lain',

  // photographs and documents
  retakePhoto: 'Silakan ambil ulang foto yang jelas',
  reuploadPhoto: 'Resolusi gambar terlalu rendah. Silakan unggah ulang',
  changeImage: 'Gambar ini tidak dapat dipakai. Gunakan gambar lain',
  uploadId: 'Silakan unggah foto kartu identitas',
  reuploadId: 'Nomor tidak cocok dengan kartu identitas. Silakan unggah ulang',
  scanIdAgain: 'Kartu identitas tidak terbaca. Letakkan mendatar dan foto ulang',
  renewId: 'Kartu identitas sudah habis masa berlakunya. Gunakan yang masih berlaku',
  idPhotoUnusable: 'Foto identitas belum dapat diperiksa. Hubungi layanan pelanggan dan sebutkan kode {code}',

  // the identity
  checkName: 'Silakan periksa nama yang diisi',
  checkIdNumber: 'Silakan periksa nomor identitas yang diisi',
  checkDetails: 'Silakan periksa nama dan nomor identitas yang diisi',
  checkNameAndId: 'Nama dan nomor identitas tidak cocok. Silakan periksa',
  visitRegistry: 'Data Anda tidak ditemukan. Tanyakan ke kantor catatan penduduk setempat',
  otherMethod: 'Identitas ini tidak dapat diperiksa secara daring. Gunakan cara lain',

  // the session
  startOver: 'Verifikasi ini sudah berakhir. Keluar lalu mulai lagi',
  sessionExpired: 'Waktu verifikasi sudah habis. Silakan coba lagi',
  timedOut: 'Waktu habis. Keluar lalu coba lagi',
  finishFirst: 'Verifikasi belum selesai. Silakan lanjutkan',
  authorizeFirst: 'Berikan persetujuan dahulu, lalu mulai',
  consentNeeded: 'Anda tidak menyetujui penggunaan data wajah. Anda dapat memakai cara lain',
  tooFrequent: 'Terlalu sering mencoba. Silakan coba lagi nanti',
  tryTomorrow: 'Kesempatan sudah habis. Coba lagi setelah 24 jam',
  keepPageOpen: 'Silakan mulai lagi dan tetap di halaman ini sampai selesai',

  // the device
  allowCamera: 'Izinkan kamera di pengaturan, lalu coba lagi',
  allowMicrophone: 'Izinkan mikrofon di pengaturan, lalu coba lagi',
  allowCameraAndMicrophone: 'Izinkan kamera dan mikrofon di pengaturan, lalu coba lagi',
  noCamera: 'Kamera tidak ditemukan. Gunakan ponsel yang memiliki kamera',
  closeOtherCamera: 'Tutup aplikasi lain yang memakai kamera, lalu coba lagi',
  restartCamera: 'Kamera tidak merespons. Buka kembali halaman ini',
  tapToContinue: 'Ketuk gambar untuk melanjutkan',
  changeDevice: 'Perangkat ini tidak didukung. Coba dengan ponsel lain',
  changeBrowser: 'Peramban ini tidak didukung. Coba dengan peramban lain',
  updateApp: 'Silakan perbarui aplikasi',
  reloadPage: 'Halaman belum dimuat sepenuhnya. Silakan muat ulang',

  // the network and the service
  offline: 'Jaringan terputus. Sambungkan lalu coba lagi',
  networkWeak: 'Jaringan tidak stabil. Silakan coba lagi nanti',
  uploadFailed: 'Belum terkirim. Periksa jaringan lalu coba lagi',
  serverFailed: 'Terjadi gangguan pada server. Silakan coba lagi nanti',
  busy: 'Sedang banyak pengguna. Silakan coba lagi nanti',
  maintenance: 'Sistem sedang dalam pemeliharaan. Silakan coba lagi nanti',
  unavailable: 'Layanan sedang tidak tersedia. Hubungi layanan pelanggan dan sebutkan kode {code}',
  fault: 'Verifikasi belum dapat diselesaikan. Hubungi layanan pelanggan dan sebutkan kode {code}',
  unknown: 'Verifikasi belum selesai. Coba lagi nanti; jika masih gagal, hubungi layanan pelanggan dan sebutkan kode {code}',

  // during the capture
  'instruction.noFace': 'Masukkan wajah ke dalam bingkai',
  'instruction.multipleFaces': 'Pastikan hanya Anda yang ada di gambar',
  'instruction.moveCloser': 'Mendekat sedikit',
  'instruction.moveBack': 'Mundur sedikit',
  'instruction.moveLeft': 'Geser sedikit ke kiri',
  'instruction.moveRight': 'Geser sedikit ke kanan',
  'instruction.moveUp': 'Geser sedikit ke atas',
  'instruction.moveDown': 'Geser sedikit ke bawah',
  'instruction.faceForward': 'Lihat lurus ke layar',
  'instruction.moreLight': 'Terlalu gelap. Pindah ke tempat yang lebih terang',
  'instruction.lessLight': 'Terlalu terang. Hindari cahaya kuat',
  'instruction.holdSteady': 'Pegang ponsel dengan stabil',
  'instruction.holdStill': 'Bagus, tetap diam',
  'instruction.blink': 'Kedipkan mata satu kali',
  'instruction.openMouth': 'Buka mulut satu kali',
  'instruction.nod': 'Anggukkan kepala satu kali',
  'instruction.turnLeft': 'Tengok ke kiri perlahan',
  'instruction.turnRight': 'Tengok ke kanan perlahan',
};

export default { locale: 'id', prompts };
