import type { Words } from '../vocabulary.js';

const words: Words = {
  title: 'Verifikasi wajah',
  idle: 'Hanya beberapa detik untuk memastikan ini Anda',
  start: 'Mulai',
  cancel: 'Batal',

  consentTitle: 'Sebelum mulai',
  consentWhat: 'Apa yang diambil',
  consentWhatText: 'Video wajah Anda selama beberapa detik, direkam dengan kamera. Data wajah adalah data pribadi yang sensitif.',
  consentDevice: 'Perangkat Anda',
  consentDeviceText: 'Keamanan perangkat dan browser ini dibaca untuk mengenali orang yang menyamar sebagai Anda.',
  consentWhy: 'Untuk apa',
  consentWhyText: 'Untuk memastikan bahwa ini benar Anda, dan mencegah penyalahgunaan oleh orang lain.',
  consentKept: 'Berapa lama disimpan',
  consentKeptText: 'Video hanya dikirim ke penyedia layanan ini dan tidak tersimpan di perangkat ini. Lama penyimpanan mengikuti kebijakan privasi mereka.',
  consentChoice: 'Anda boleh menolak',
  consentChoiceText: 'Anda dapat memakai cara lain, dan dapat membatalkan kapan saja setelah mulai.',
  agree: 'Setuju dan mulai',
  refuse: 'Tidak setuju',

  preparing: 'Menyiapkan…',
  allowCamera: 'Izinkan penggunaan kamera',
  allowCameraHint: 'Saat browser bertanya, pilih “Izinkan”',
  loading: 'Hampir siap…',
  download: 'Memuat deteksi wajah',
  preview: 'Gambar kamera',
  tap: 'Ketuk untuk lanjut',
  recording: 'Merekam',
  paused: 'Dijeda',
  pausedHint: 'Berlanjut saat Anda kembali ke halaman ini',
  uploading: 'Mengirim…',
  checking: 'Memeriksa, mohon tunggu…',

  retry: 'Coba lagi',
  again: 'Mulai lagi',
  close: 'Tutup',
  done: 'Selesai',
  code: 'Kode',
  reference: 'Nomor referensi',
};

export default words;
