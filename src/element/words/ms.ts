import type { Words } from '../vocabulary.js';

const words: Words = {
  title: 'Pengesahan wajah',
  idle: 'Hanya beberapa saat untuk mengesahkan ini anda',
  start: 'Mula',
  cancel: 'Batal',

  consentTitle: 'Sebelum bermula',
  consentWhat: 'Apa yang diambil',
  consentWhatText: 'Video wajah anda selama beberapa saat, dirakam dengan kamera. Data wajah ialah data peribadi sensitif.',
  consentDevice: 'Peranti anda',
  consentDeviceText: 'Keselamatan peranti dan pelayar ini dibaca untuk mengesan orang yang menyamar sebagai anda.',
  consentWhy: 'Untuk apa',
  consentWhyText: 'Untuk mengesahkan bahawa ini memang anda, dan mencegah penyalahgunaan oleh orang lain.',
  consentKept: 'Berapa lama disimpan',
  consentKeptText: 'Video hanya dihantar kepada penyedia perkhidmatan ini dan tidak kekal pada peranti ini. Tempoh simpanan mengikut dasar privasi mereka.',
  consentChoice: 'Anda boleh menolak',
  consentChoiceText: 'Anda boleh guna cara lain, dan boleh membatalkan pada bila-bila masa selepas bermula.',
  agree: 'Setuju dan mula',
  refuse: 'Tidak setuju',

  preparing: 'Sedang bersedia…',
  allowCamera: 'Sila benarkan kamera',
  allowCameraHint: 'Apabila pelayar bertanya, pilih “Benarkan”',
  loading: 'Hampir siap…',
  download: 'Memuatkan pengesan wajah',
  preview: 'Gambar kamera',
  tap: 'Ketik untuk teruskan',
  recording: 'Merakam',
  paused: 'Dijeda',
  pausedHint: 'Disambung apabila anda kembali ke halaman ini',
  uploading: 'Menghantar…',
  checking: 'Sedang menyemak, sila tunggu…',

  retry: 'Cuba lagi',
  again: 'Mula semula',
  close: 'Tutup',
  done: 'Selesai',
  code: 'Kod',
  reference: 'Nombor rujukan',
};

export default words;
