import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'Verifikasi berhasil',
  alreadyDone: 'Anda sudah terverifikasi. Tidak perlu melakukan apa-apa lagi',
  proceed: 'Silakan lanjutkan',
  cancelled: 'Dibatalkan. Anda dapat memulai lagi kapan saja',
  notPassed: 'Silakan coba lagi. Verifikasi belum berhasil',
  livenessFailed: 'Silakan coba lagi. Pemeriksaan wajah belum berhasil',
  notSamePerson: 'Hadapkan wajah ke layar dan coba lagi. Kami belum dapat memastikan ini Anda',
  resultPending: 'Silakan periksa lagi nanti. Hasil belum tersedia',
  underReview: 'Mohon tunggu pemberitahuan. Perlu diperiksa petugas',
  noResult: 'Silakan verifikasi ulang. Hasil tidak ditemukan',
  riskBlocked: 'Saat ini belum bisa dilakukan secara daring. Gunakan cara lain, atau hubungi layanan pelanggan dan sebutkan kode {code}',

  // the face in the picture
  selfFacing: 'Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai',
  faceNotFound: 'Tampilkan seluruh wajah dengan jelas di dalam bingkai. Wajah tidak terlihat',
  selfNotFound: 'Lakukan sendiri dan hadapkan wajah lurus di dalam bingkai. Wajah tidak terlihat',
  faceNotInVideo: 'Tampilkan seluruh wajah dengan jelas saat merekam. Wajah tidak ada dalam video',
  faceInFrame: 'Hadapkan wajah lurus di dalam bingkai tanpa penghalang',
  faceComplete: 'Tampilkan seluruh wajah dengan jelas di dalam bingkai',
  distance: 'Atur jarak agar seluruh wajah terlihat jelas. Terlalu dekat atau terlalu jauh',
  uncoverFace: 'Tampilkan seluruh wajah. Wajah terhalang',
  blurred: 'Jangan bergerak saat merekam. Gambar buram',
  doNotShake: 'Jangan bergoyang. Jaga wajah lurus di dalam bingkai',
  doNotMove: 'Jangan bergeser. Jaga wajah lurus di dalam bingkai',
  keepEyesOpen: 'Jangan menutup mata saat merekam',
  blinkForCamera: 'Hadap lurus dan berkedip saat merekam. Kedipan tidak terlihat',
  doAction: 'Lakukan gerakan sesuai petunjuk di layar',
  goIndoors: 'Coba di dalam ruangan. Cahaya terlalu kuat',
  onePersonOnly: 'Pastikan hanya Anda yang ada di gambar',
  twoFacesAtMost: 'Paling banyak dua wajah di gambar. Sekarang terlalu banyak',

  // the voice
  readDigits: 'Bacakan angka dengan keras dan perlahan. Suara tidak dikenali',
  quietPlace: 'Rekam di tempat yang tenang. Suara terlalu pelan',
  lessNoise: 'Rekam ulang di tempat yang tenang. Sekitar terlalu bising',
  noSound: 'Bacakan angka dengan keras dalam bahasa Mandarin saat merekam. Tidak ada suara',
  readMandarin: 'Bacakan angka dengan keras dalam bahasa Mandarin saat merekam. Belum berhasil',
  speakUp: 'Dekatkan ponsel dan bacakan angka dengan keras. Suara tidak terdengar',
  moveLips: 'Buka mulut lebar-lebar dan ucapkan setiap angka dengan jelas',
  digitsExpired: 'Silakan verifikasi ulang. Angka sudah kedaluwarsa',

  // the recording
  recordAgain: 'Silakan rekam ulang video',
  videoAbnormal: 'Silakan rekam ulang video. Ada masalah pada video ini',
  recordLive: 'Rekam video sekarang. Video yang sudah ada tidak dapat dipakai',
  recordTwoSeconds: 'Rekam minimal 2 detik. Video terlalu singkat',
  recordSixSeconds: 'Rekam ulang, sekitar 6 detik',
  videoUnclear: 'Coba dengan ponsel lain. Video kurang jelas',

  // photographs and documents
  retakePhoto: 'Silakan ambil ulang foto yang jelas',
  reuploadPhoto: 'Silakan unggah gambar yang lebih jelas. Resolusinya terlalu rendah',
  changeImage: 'Gunakan gambar lain. Gambar ini tidak dapat dipakai',
  uploadId: 'Silakan unggah foto kartu identitas',
  reuploadId: 'Silakan unggah ulang kartu identitas. Nomornya tidak cocok',
  scanIdAgain: 'Letakkan kartu identitas mendatar dan foto ulang. Kartu tidak terbaca',
  renewId: 'Gunakan kartu identitas yang masih berlaku. Yang ini sudah kedaluwarsa',
  idPhotoUnusable: 'Foto identitas belum dapat diperiksa. Hubungi layanan pelanggan dan sebutkan kode {code}',

  // the identity
  checkName: 'Silakan periksa nama yang diisi',
  checkIdNumber: 'Silakan periksa nomor identitas yang diisi',
  checkDetails: 'Silakan periksa nama dan nomor identitas yang diisi',
  checkNameAndId: 'Silakan periksa nama dan nomor identitas. Keduanya tidak cocok',
  visitRegistry: 'Tanyakan ke kantor catatan penduduk setempat. Data Anda tidak ditemukan',
  otherMethod: 'Gunakan cara lain. Identitas ini tidak dapat diperiksa secara daring',

  // the session
  startOver: 'Keluar lalu mulai lagi. Verifikasi ini sudah berakhir',
  sessionExpired: 'Silakan coba lagi. Waktu verifikasi sudah habis',
  timedOut: 'Keluar lalu coba lagi. Waktu habis',
  finishFirst: 'Silakan lanjutkan. Verifikasi belum selesai',
  authorizeFirst: 'Berikan persetujuan dahulu, lalu mulai',
  consentNeeded: 'Anda tidak menyetujui penggunaan data wajah. Anda dapat memakai cara lain',
  tooFrequent: 'Silakan coba lagi nanti. Terlalu sering mencoba',
  tryTomorrow: 'Coba lagi setelah 24 jam. Kesempatan sudah habis',
  keepPageOpen: 'Silakan mulai lagi dan tetap di halaman ini sampai selesai',

  // the device
  allowCamera: 'Izinkan kamera di pengaturan, lalu coba lagi',
  allowMicrophone: 'Izinkan mikrofon di pengaturan, lalu coba lagi',
  allowCameraAndMicrophone: 'Izinkan kamera dan mikrofon di pengaturan, lalu coba lagi',
  noCamera: 'Gunakan ponsel yang memiliki kamera. Kamera tidak ditemukan',
  closeOtherCamera: 'Tutup aplikasi lain yang memakai kamera, lalu coba lagi',
  restartCamera: 'Buka kembali halaman ini. Kamera tidak merespons',
  tapToContinue: 'Ketuk gambar untuk melanjutkan',
  changeDevice: 'Coba dengan ponsel lain. Perangkat ini tidak didukung',
  changeBrowser: 'Coba dengan peramban lain. Peramban ini tidak didukung',
  updateApp: 'Silakan perbarui aplikasi',
  reloadPage: 'Silakan muat ulang halaman. Halaman belum dimuat sepenuhnya',

  // the network and the service
  offline: 'Sambungkan jaringan lalu coba lagi. Jaringan terputus',
  networkWeak: 'Silakan coba lagi nanti. Jaringan tidak stabil',
  uploadFailed: 'Periksa jaringan lalu coba lagi. Belum terkirim',
  serverFailed: 'Silakan coba lagi nanti. Terjadi gangguan pada server',
  busy: 'Silakan coba lagi nanti. Sedang banyak pengguna',
  maintenance: 'Silakan coba lagi nanti. Sistem sedang dalam pemeliharaan',
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
  'instruction.moreLight': 'Pindah ke tempat yang lebih terang. Terlalu gelap',
  'instruction.lessLight': 'Hindari cahaya kuat. Terlalu terang',
  'instruction.holdSteady': 'Pegang ponsel dengan stabil',
  'instruction.holdStill': 'Bagus, tetap diam',
  'instruction.blink': 'Kedipkan mata satu kali',
  'instruction.openMouth': 'Buka mulut satu kali',
  'instruction.nod': 'Anggukkan kepala satu kali',
  'instruction.turnLeft': 'Tengok ke kiri perlahan',
  'instruction.turnRight': 'Tengok ke kanan perlahan',
};

export default { locale: 'id', prompts };
