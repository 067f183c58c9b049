import type { Words } from '../vocabulary.js';

const words: Words = {
  title: 'Xác thực khuôn mặt',
  idle: 'Chỉ vài giây để xác nhận đó là bạn',
  start: 'Bắt đầu',
  cancel: 'Hủy',

  consentTitle: 'Trước khi bắt đầu',
  consentWhat: 'Thu thập gì',
  consentWhatText: 'Video khuôn mặt của bạn trong vài giây, quay bằng máy ảnh. Khuôn mặt là dữ liệu cá nhân nhạy cảm.',
  consentDevice: 'Thiết bị của bạn',
  consentDeviceText: 'Đọc tình trạng an toàn của thiết bị và trình duyệt này để phát hiện việc mạo danh.',
  consentWhy: 'Để làm gì',
  consentWhyText: 'Để xác nhận đúng là bạn và ngăn người khác mạo danh.',
  consentKept: 'Lưu trong bao lâu',
  consentKeptText: 'Video chỉ được gửi đến bên cung cấp dịch vụ này và không lưu lại trên thiết bị này. Thời hạn lưu theo chính sách quyền riêng tư của họ.',
  consentChoice: 'Bạn có thể từ chối',
  consentChoiceText: 'Bạn có thể chọn cách khác, và có thể hủy bất cứ lúc nào sau khi bắt đầu.',
  agree: 'Đồng ý và bắt đầu',
  refuse: 'Không đồng ý',

  preparing: 'Đang chuẩn bị…',
  allowCamera: 'Vui lòng cho phép dùng máy ảnh',
  allowCameraHint: 'Khi trình duyệt hỏi, hãy chọn “Cho phép”',
  loading: 'Sắp xong…',
  download: 'Đang tải bộ nhận diện khuôn mặt',
  preview: 'Hình từ máy ảnh',
  tap: 'Chạm để tiếp tục',
  recording: 'Đang quay',
  paused: 'Đã tạm dừng',
  pausedHint: 'Sẽ tiếp tục khi bạn quay lại trang này',
  uploading: 'Đang tải lên…',
  checking: 'Đang kiểm tra, vui lòng chờ…',

  retry: 'Thử lại',
  again: 'Bắt đầu lại',
  close: 'Đóng',
  done: 'Xong',
  code: 'Mã',
  reference: 'Mã tham chiếu',
};

export default words;
