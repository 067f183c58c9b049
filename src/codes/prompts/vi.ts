import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'Bạn đã xác thực thành công',
  alreadyDone: 'Bạn đã xác thực xong, không cần làm gì thêm',
  proceed: 'Vui lòng tiếp tục',
  cancelled: 'Đã hủy. Bạn có thể bắt đầu lại bất cứ lúc nào',
  notPassed: 'Xác thực không thành công. Vui lòng thử lại',
  livenessFailed: 'Không xác nhận được người thật. Vui lòng thử lại',
  notSamePerson: 'Chưa xác nhận được là bạn. Hãy nhìn thẳng vào màn hình và thử lại',
  resultPending: 'Chưa có kết quả. Vui lòng xem lại sau ít phút',
  underReview: 'Cần được nhân viên xem xét. Vui lòng chờ thông báo',
  noResult: 'Không tìm thấy kết quả. Vui lòng xác thực lại',
  riskBlocked: 'Hiện chưa thể thực hiện trực tuyến. Vui lòng dùng cách khác hoặc liên hệ hỗ trợ và cho biết mã {code}',

  // the face in the picture
  selfFacing: 'Hãy tự thực hiện và giữ mặt thẳng trong khung',
  faceNotFound: 'Không thấy khuôn mặt. Hãy đưa trọn khuôn mặt rõ nét vào khung',
  selfNotFound: 'Không thấy khuôn mặt. Hãy tự thực hiện và giữ mặt thẳng trong khung',
  faceNotInVideo: 'Không thấy khuôn mặt trong video. Hãy để lộ trọn khuôn mặt khi quay',
  faceInFrame: 'Hãy giữ mặt thẳng trong khung và không che mặt',
  faceComplete: 'Hãy đưa trọn khuôn mặt rõ nét vào khung',
  distance: 'Quá gần hoặc quá xa. Hãy giữ khoảng cách để thấy rõ cả khuôn mặt',
  uncoverFace: 'Khuôn mặt bị che. Hãy để lộ cả khuôn mặt',
  blurred: 'Hình bị mờ. Hãy giữ yên khi quay',
  doNotShake: 'Đừng rung lắc. Giữ mặt thẳng trong khung',
  doNotMove: 'Đừng di chuyển. Giữ mặt thẳng trong khung',
  keepEyesOpen: 'Đừng nhắm mắt khi đang quay',
  blinkForCamera: 'Chưa thấy chớp mắt. Hãy nhìn thẳng và chớp mắt khi quay',
  doAction: 'Hãy làm động tác theo hướng dẫn trên màn hình',
  goIndoors: 'Ánh sáng quá mạnh. Hãy vào trong nhà',
  onePersonOnly: 'Hãy để chỉ một mình bạn trong hình',
  twoFacesAtMost: 'Có quá nhiều khuôn mặt. Tối đa chỉ hai người',

  // the voice
  readDigits: 'Không nghe rõ. Hãy đọc to và chậm lại dãy số',
  quietPlace: 'Âm thanh quá nhỏ. Hãy quay ở nơi yên tĩnh',
  lessNoise: 'Xung quanh quá ồn. Hãy quay lại ở nơi yên tĩnh',
  noSound: 'Không có âm thanh. Hãy đọc to dãy số bằng tiếng Trung phổ thông khi quay',
  readMandarin: 'Chưa xác nhận được. Hãy đọc to dãy số bằng tiếng Trung phổ thông khi quay',
  speakUp: 'Không nghe thấy tiếng. Hãy lại gần điện thoại và đọc to dãy số',
  moveLips: 'Hãy mở miệng rộng và đọc rõ từng số',
  digitsExpired: 'Dãy số đã hết hạn. Vui lòng xác thực lại',

  // the recording
  recordAgain: 'Vui lòng quay lại video',
  videoAbnormal: 'Video có lỗi. Vui lòng quay lại',
  recordLive: 'Hãy quay video ngay bây giờ. Không dùng được video có sẵn',
  recordTwoSeconds: 'Video quá ngắn. Hãy quay ít nhất 2 giây',
  recordSixSeconds: 'Hãy quay lại, dài khoảng 6 giây',
  videoUnclear: 'Video không rõ. Hãy thử bằng điện thoại khác',

  // photographs and documents
  retakePhoto: 'Vui lòng chụp lại một tấm ảnh rõ nét',
  reuploadPhoto: 'Độ phân giải ảnh quá thấp. Vui lòng tải lên lại',
  changeImage: 'Không dùng được ảnh này. Vui lòng chọn ảnh khác',
  uploadId: 'Vui lòng tải lên ảnh giấy tờ tùy thân',
  reuploadId: 'Số giấy tờ không khớp. Vui lòng tải lên lại',
  scanIdAgain: 'Không đọc được giấy tờ. Hãy đặt phẳng và chụp lại',
  renewId: 'Giấy tờ đã hết hạn. Vui lòng dùng giấy tờ còn hiệu lực',
  idPhotoUnusable: 'Hiện chưa kiểm tra được ảnh giấy tờ. Vui lòng liên hệ hỗ trợ và cho biết mã {code}',

  // the identity
  checkName: 'Vui lòng kiểm tra lại họ tên',
  checkIdNumber: 'Vui lòng kiểm tra lại số giấy tờ',
  checkDetails: 'Vui lòng kiểm tra lại họ tên và số giấy tờ',
  checkNameAndId: 'Họ tên và số giấy tờ không khớp. Vui lòng kiểm tra lại',
  visitRegistry: 'Không tìm thấy thông tin của bạn. Vui lòng hỏi cơ quan nơi đăng ký hộ khẩu',
  otherMethod: 'Không thể kiểm tra giấy tờ này trực tuyến. Vui lòng dùng cách khác',

  // the session
  startOver: 'Lần xác thực này đã kết thúc. Vui lòng thoát và bắt đầu lại',
  sessionExpired: 'Phiên xác thực đã hết hạn. Vui lòng thử lại',
  timedOut: 'Quá thời gian. Vui lòng thoát và thử lại',
  finishFirst: 'Chưa xác thực xong. Vui lòng tiếp tục',
  authorizeFirst: 'Vui lòng đồng ý cấp quyền rồi bắt đầu',
  consentNeeded: 'Bạn chưa đồng ý cho dùng khuôn mặt. Bạn có thể chọn cách khác',
  tooFrequent: 'Thao tác quá nhanh. Vui lòng thử lại sau',
  tryTomorrow: 'Bạn đã hết lượt. Vui lòng thử lại sau 24 giờ',
  keepPageOpen: 'Vui lòng bắt đầu lại và ở lại trang này đến khi xong',

  // the device
  allowCamera: 'Hãy cho phép dùng máy ảnh trong cài đặt rồi thử lại',
  allowMicrophone: 'Hãy cho phép dùng micrô trong cài đặt rồi thử lại',
  allowCameraAndMicrophone: 'Hãy cho phép dùng máy ảnh và micrô trong cài đặt rồi thử lại',
  noCamera: 'Không tìm thấy máy ảnh. Hãy dùng điện thoại có máy ảnh',
  closeOtherCamera: 'Hãy đóng ứng dụng khác đang dùng máy ảnh rồi thử lại',
  restartCamera: 'Máy ảnh không phản hồi. Vui lòng mở lại trang này',
  tapToContinue: 'Chạm vào hình để tiếp tục',
  changeDevice: 'Thiết bị này không được hỗ trợ. Hãy thử điện thoại khác',
  changeBrowser: 'Trình duyệt này không được hỗ trợ. Hãy thử trình duyệt khác',
  updateApp: 'Vui lòng cập nhật ứng dụng',
  reloadPage: 'Trang chưa tải xong. Vui lòng tải lại',

  // the network and the service
  offline: 'Đã mất mạng. Hãy kết nối rồi thử lại',
  networkWeak: 'Mạng không ổn định. Vui lòng thử lại sau',
  uploadFailed: 'Chưa gửi được. Hãy kiểm tra mạng rồi thử lại',
  serverFailed: 'Máy chủ gặp sự cố. Vui lòng thử lại sau',
  busy: 'Hiện có nhiều người dùng. Vui lòng thử lại sau',
  maintenance: 'Hệ thống đang bảo trì. Vui lòng thử lại sau',
  unavailable: 'Dịch vụ tạm thời không dùng được. Vui lòng liên hệ hỗ trợ và cho biết mã {code}',
  fault: 'Hiện chưa thể hoàn tất xác thực. Vui lòng liên hệ hỗ trợ và cho biết mã {code}',
  unknown: 'Xác thực chưa hoàn tất. Vui lòng thử lại sau; nếu vẫn không được, hãy liên hệ hỗ trợ và cho biết mã {code}',

  // during the capture
  'instruction.noFace': 'Hãy đưa khuôn mặt vào khung',
  'instruction.multipleFaces': 'Hãy để chỉ một mình bạn trong hình',
  'instruction.moveCloser': 'Lại gần một chút',
  'instruction.moveBack': 'Lùi ra một chút',
  'instruction.moveLeft': 'Sang trái một chút',
  'instruction.moveRight': 'Sang phải một chút',
  'instruction.moveUp': 'Lên trên một chút',
  'instruction.moveDown': 'Xuống dưới một chút',
  'instruction.faceForward': 'Nhìn thẳng vào màn hình',
  'instruction.moreLight': 'Quá tối. Hãy đến nơi sáng hơn',
  'instruction.lessLight': 'Quá sáng. Hãy tránh ánh sáng mạnh',
  'instruction.holdSteady': 'Giữ chắc điện thoại, đừng rung',
  'instruction.holdStill': 'Tốt lắm, hãy giữ yên',
  'instruction.blink': 'Chớp mắt một lần',
  'instruction.openMouth': 'Mở miệng một lần',
  'instruction.nod': 'Gật đầu một lần',
  'instruction.turnLeft': 'Từ từ quay đầu sang trái',
  'instruction.turnRight': 'Từ từ quay đầu sang phải',
};

export default { locale: 'vi', prompts };
