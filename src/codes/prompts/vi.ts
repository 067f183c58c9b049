import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'Bạn đã xác thực thành công',
  alreadyDone: 'Bạn đã xác thực xong, không cần làm gì thêm',
  proceed: 'Vui lòng tiếp tục',
  cancelled: 'Đã hủy. Bạn có thể bắt đầu lại bất cứ lúc nào',
  notPassed: 'Vui lòng thử lại. Xác thực không thành công',
  livenessFailed: 'Vui lòng thử lại. Không xác nhận được người thật',
  notSamePerson: 'Hãy nhìn thẳng vào màn hình và thử lại. Chưa xác nhận được là bạn',
  resultPending: 'Vui lòng xem lại sau ít phút. Chưa có kết quả',
  underReview: 'Vui lòng chờ thông báo. Cần được nhân viên xem xét',
  noResult: 'Vui lòng xác thực lại. Không tìm thấy kết quả',
  riskBlocked: 'Hiện chưa thể thực hiện trực tuyến. Vui lòng dùng cách khác hoặc liên hệ hỗ trợ và cho biết mã {code}',

  // the face in the picture
  selfFacing: 'Hãy tự thực hiện và giữ mặt thẳng trong khung',
  faceNotFound: 'Hãy đưa trọn khuôn mặt rõ nét vào khung. Không thấy khuôn mặt',
  selfNotFound: 'Hãy tự thực hiện và giữ mặt thẳng trong khung. Không thấy khuôn mặt',
  faceNotInVideo: 'Hãy để lộ trọn khuôn mặt khi quay. Không thấy khuôn mặt trong video',
  faceInFrame: 'Hãy giữ mặt thẳng trong khung và không che mặt',
  faceComplete: 'Hãy đưa trọn khuôn mặt rõ nét vào khung',
  distance: 'Hãy giữ khoảng cách để thấy rõ cả khuôn mặt. Quá gần hoặc quá xa',
  uncoverFace: 'Hãy để lộ cả khuôn mặt. Khuôn mặt bị che',
  blurred: 'Hãy giữ yên khi quay. Hình bị mờ',
  doNotShake: 'Đừng rung lắc. Giữ mặt thẳng trong khung',
  doNotMove: 'Đừng di chuyển. Giữ mặt thẳng trong khung',
  keepEyesOpen: 'Đừng nhắm mắt khi đang quay',
  blinkForCamera: 'Hãy nhìn thẳng và chớp mắt khi quay. Chưa thấy chớp mắt',
  doAction: 'Hãy làm động tác theo hướng dẫn trên màn hình',
  goIndoors: 'Hãy vào trong nhà. Ánh sáng quá mạnh',
  onePersonOnly: 'Hãy để chỉ một mình bạn trong hình',
  twoFacesAtMost: 'Tối đa hai khuôn mặt trong hình. Hiện có quá nhiều',

  // the voice
  readDigits: 'Hãy đọc to và chậm dãy số một lần nữa. Không nghe rõ',
  quietPlace: 'Hãy quay ở nơi yên tĩnh. Âm thanh quá nhỏ',
  lessNoise: 'Hãy quay lại video ở nơi yên tĩnh. Xung quanh quá ồn',
  noSound: 'Hãy đọc to dãy số bằng tiếng Trung phổ thông khi quay. Không có âm thanh',
  readMandarin: 'Hãy đọc to dãy số bằng tiếng Trung phổ thông khi quay. Chưa xác nhận được',
  speakUp: 'Hãy lại gần điện thoại và đọc to dãy số. Không nghe thấy tiếng',
  moveLips: 'Hãy mở miệng rộng và đọc rõ từng số',
  digitsExpired: 'Vui lòng xác thực lại. Dãy số đã hết hạn',

  // the recording
  recordAgain: 'Vui lòng quay lại video',
  videoAbnormal: 'Vui lòng quay lại video. Video vừa rồi có lỗi',
  recordLive: 'Hãy quay video ngay bây giờ. Không dùng được video có sẵn',
  recordTwoSeconds: 'Hãy quay ít nhất 2 giây. Video quá ngắn',
  recordSixSeconds: 'Hãy quay lại video, dài khoảng 6 giây',
  videoUnclear: 'Hãy thử bằng điện thoại khác. Video không rõ',

  // photographs and documents
  retakePhoto: 'Vui lòng chụp lại một tấm ảnh rõ nét',
  reuploadPhoto: 'Vui lòng tải lên ảnh rõ hơn. Độ phân giải quá thấp',
  changeImage: 'Vui lòng chọn ảnh khác. Không dùng được ảnh này',
  uploadId: 'Vui lòng tải lên ảnh giấy tờ tùy thân',
  reuploadId: 'Vui lòng tải giấy tờ lên lại. Số không khớp',
  scanIdAgain: 'Hãy đặt phẳng giấy tờ và chụp lại. Không đọc được',
  renewId: 'Vui lòng dùng giấy tờ còn hiệu lực. Giấy tờ này đã hết hạn',
  idPhotoUnusable: 'Hiện chưa kiểm tra được ảnh giấy tờ. Vui lòng liên hệ hỗ trợ và cho biết mã {code}',

  // the identity
  checkName: 'Vui lòng kiểm tra lại họ tên',
  checkIdNumber: 'Vui lòng kiểm tra lại số giấy tờ',
  checkDetails: 'Vui lòng kiểm tra lại họ tên và số giấy tờ',
  checkNameAndId: 'Vui lòng kiểm tra lại họ tên và số giấy tờ. Hai mục không khớp',
  visitRegistry: 'Vui lòng hỏi cơ quan nơi đăng ký hộ khẩu. Không tìm thấy thông tin của bạn',
  otherMethod: 'Vui lòng dùng cách khác. Không thể kiểm tra giấy tờ này trực tuyến',

  // the session
  startOver: 'Vui lòng thoát và bắt đầu lại. Lần xác thực này đã kết thúc',
  sessionExpired: 'Vui lòng thử lại. Phiên xác thực đã hết hạn',
  timedOut: 'Vui lòng thoát và thử lại. Quá thời gian',
  finishFirst: 'Vui lòng tiếp tục. Chưa xác thực xong',
  authorizeFirst: 'Vui lòng đồng ý cấp quyền rồi bắt đầu',
  consentNeeded: 'Bạn chưa đồng ý cho dùng khuôn mặt. Bạn có thể chọn cách khác',
  tooFrequent: 'Vui lòng thử lại sau. Thao tác quá nhanh',
  tryTomorrow: 'Vui lòng thử lại sau 24 giờ. Bạn đã hết lượt',
  keepPageOpen: 'Vui lòng bắt đầu lại và ở lại trang này đến khi xong',

  // the device
  allowCamera: 'Hãy cho phép dùng máy ảnh trong cài đặt rồi thử lại',
  allowMicrophone: 'Hãy cho phép dùng micrô trong cài đặt rồi thử lại',
  allowCameraAndMicrophone: 'Hãy cho phép dùng máy ảnh và micrô trong cài đặt rồi thử lại',
  noCamera: 'Hãy dùng điện thoại có máy ảnh. Không tìm thấy máy ảnh',
  closeOtherCamera: 'Hãy đóng ứng dụng khác đang dùng máy ảnh rồi thử lại',
  restartCamera: 'Vui lòng mở lại trang này. Máy ảnh không phản hồi',
  tapToContinue: 'Chạm vào hình để tiếp tục',
  changeDevice: 'Hãy thử điện thoại khác. Thiết bị này không được hỗ trợ',
  changeBrowser: 'Hãy thử trình duyệt khác. Trình duyệt này không được hỗ trợ',
  updateApp: 'Vui lòng cập nhật ứng dụng',
  reloadPage: 'Vui lòng tải lại trang. Trang chưa tải xong',

  // the network and the service
  offline: 'Hãy kết nối mạng rồi thử lại. Đã mất mạng',
  networkWeak: 'Vui lòng thử lại sau. Mạng không ổn định',
  uploadFailed: 'Hãy kiểm tra mạng rồi thử lại. Chưa gửi được',
  serverFailed: 'Vui lòng thử lại sau. Máy chủ gặp sự cố',
  busy: 'Vui lòng thử lại sau. Hiện có nhiều người dùng',
  maintenance: 'Vui lòng thử lại sau. Hệ thống đang bảo trì',
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
  'instruction.moreLight': 'Hãy đến nơi sáng hơn. Quá tối',
  'instruction.lessLight': 'Hãy tránh ánh sáng mạnh. Quá sáng',
  'instruction.holdSteady': 'Giữ chắc điện thoại, đừng rung',
  'instruction.holdStill': 'Tốt lắm, hãy giữ yên',
  'instruction.blink': 'Chớp mắt một lần',
  'instruction.openMouth': 'Mở miệng một lần',
  'instruction.nod': 'Gật đầu một lần',
  'instruction.turnLeft': 'Từ từ quay đầu sang trái',
  'instruction.turnRight': 'Từ từ quay đầu sang phải',
};

export default { locale: 'vi', prompts };
