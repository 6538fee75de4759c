// Vietnamese.
#include "shared/language.h"

namespace smartca {

// clang-format off: one line for each message
static constexpr std::string_view vietnamese(Message message) {
    using enum Message;
    switch (message) {
        // The language itself.
        case LanguageName: return "Tiếng Việt";
        case DigitSeparator: return ".";
        case DecimalSeparator: return ",";

        // The page "Digital Certificate List".
        case ProductName: return "Chứng thư số SmartCA";
        case ListTitle: return "Danh sách chứng thư số";
        case ListCountNone: return "Chưa có chứng thư số";
        case ListCount: return "{certificates} của {users}";
        case ListIncomplete: return "Có người dùng chưa xem được nên có thể thiếu chứng thư số. Lọc theo người dùng để xem đủ của người đó.";
        case CertificatesOne: return "1 chứng thư số";
        case CertificatesOther: return "{count} chứng thư số";
        case UsersOne: return "1 người dùng";
        case UsersOther: return "{count} người dùng";
        case ThemeLight: return "Dùng giao diện sáng";
        case ThemeDark: return "Dùng giao diện tối";
        case LayoutPlain: return "Hiển thị dạng trang đơn giản";
        case LayoutDesigned: return "Hiển thị theo thiết kế";
        case FilterSearch: return "Tìm tên, số serial hoặc CCCD/HC/MST";
        case FilterGroup: return "Bộ lọc";
        case FilterUser: return "Người dùng";
        case FilterType: return "Loại";
        case FilterStatus: return "Trạng thái";
        case FilterValidFrom: return "Hiệu lực từ";
        case FilterValidTo: return "Hiệu lực đến";
        case FilterDateInvalid: return "Nhập ngày theo dạng 31/12/2026.";
        case FilterDateBefore: return "Ngày này trước “Hiệu lực từ”.";
        case FilterAll: return "tất cả";
        case FilterShown: return "{filter}: {value}";
        case ColumnName: return "Tên";
        case ColumnIdentity: return "CCCD/HC/MST";
        case ColumnSerial: return "Số serial";
        case ColumnType: return "Loại";
        case ColumnValidity: return "Thời hạn";
        case ColumnStatus: return "Trạng thái";
        case ColumnActions: return "Thao tác";
        case TypeSmartCa: return "SmartCA";
        case TypeBusiness: return "Doanh nghiệp";
        case StatusActive: return "Hoạt động";
        case StatusExpired: return "Hết hạn";
        case StatusNotYetValid: return "Chưa hiệu lực";
        case StatusInactive: return "Không hoạt động";
        case StatusDaysLeftOne: return "Còn 1 ngày";
        case StatusDaysLeftOther: return "Còn {count} ngày";
        case DefaultBadge: return "Mặc định";
        case RowActions: return "Thao tác với {name}";
        case CertificateTold: return "Số serial {serial} · hiệu lực đến {day}";
        case ActionSetDefault: return "Đặt làm mặc định";
        case ActionDelete: return "Xóa";
        case EmptyTitle: return "Chưa có chứng thư số";
        case EmptyText: return "Gắn chứng thư số mà người dùng đã đăng ký tại VNPT SmartCA. Bạn cần biết người dùng và số CCCD, hộ chiếu hoặc mã số thuế.";
        case NoMatchTitle: return "Không có chứng thư số phù hợp";
        case NoMatchText: return "Thử từ khóa khác, hoặc đặt lại bộ lọc.";
        case NoMatchReset: return "Đặt lại bộ lọc";
        case ListFailedTitle: return "Không tải được danh sách";
        case PagingPrevious: return "Trang trước";
        case PagingNext: return "Trang sau";
        case PagingRange: return "{first}–{last} trên {total}";
        case DeleteTitle: return "Xóa “{name}”?";
        case DeleteText: return "Chứng thư số được gỡ khỏi danh sách của {user} nhưng vẫn đăng ký tại VNPT SmartCA.";
        case DeleteTextDefault: return "Đây là chứng thư số mặc định của {user}; một chứng thư số khác của họ sẽ thành mặc định. Chứng thư số vẫn đăng ký tại VNPT SmartCA.";
        case DeleteConfirm: return "Xóa";
        case DeleteKeep: return "Giữ lại";
        case Deleted: return "Đã xóa “{name}”.";
        case DefaultSet: return "“{name}” nay là mặc định của {user}.";
        case SkipToList: return "Các chứng thư số";
        case DeleteFailed: return "Chưa xóa được “{name}”";
        case DefaultFailed: return "Chưa đặt được “{name}” làm mặc định";
        case NoConnectionTitle: return "Không kết nối được tới máy chủ";
        case NoConnectionAdvice: return "Nội dung bạn nhập không bị mất. Hãy kiểm tra kết nối rồi thử lại; không có gì bị thêm hai lần.";
        case ForeignAnswerTitle: return "Không đọc được phản hồi của máy chủ";
        case ForeignAnswerAdvice: return "Có thể một thiết bị trung gian đã trả lời thay máy chủ. Nội dung bạn nhập không bị mất; hãy thử lại, không có gì bị thêm hai lần.";
        case CheckingTitle: return "Chưa rõ chứng thư số đã được tạo hay chưa";
        case CheckingAdvice: return "Phản hồi của cổng bị thất lạc trên đường truyền. Hệ thống đang kiểm tra, thường trong nửa phút; nội dung bạn nhập không bị mất và không có gì được tạo hai lần.";

        // The dialog "Create new VNPT SmartCA certificate".
        case DialogTitle: return "Tạo mới chứng thư số VNPT SmartCA";
        case DialogSubtitle: return "Gắn chứng thư số đã đăng ký tại VNPT SmartCA cho người dùng.";
        case Close: return "Đóng";
        case Cancel: return "Hủy";
        case CreateNew: return "Tạo mới";
        case Creating: return "Đang tạo…";
        case RequiredFieldsNote: return "Các mục có dấu * là bắt buộc.";
        case FieldNeedsAttention: return "Còn 1 mục cần sửa.";
        case FieldsNeedAttention: return "Còn {count} mục cần sửa.";
        case Optional: return "(không bắt buộc)";

        case UserLabel: return "Người dùng";
        case UserPlaceholder: return "Tìm theo tên, mã hoặc số điện thoại";
        case UserClear: return "Bỏ chọn người dùng";
        case UsersMatch: return "{shown}/{all} người dùng khớp với “{search}”";
        case UsersAll: return "{all} người dùng";
        case UsersNoMatch: return "Không có người dùng nào khớp với “{search}”.";
        case UsersKeys: return "↑↓ di chuyển · Enter chọn · Esc đóng";
        case UsersMore: return "Xem thêm";
        case UserCertificatesNone: return "chưa có chứng thư số";
        case UserCertificatesOne: return "1 chứng thư số";
        case UserCertificatesOther: return "{count} chứng thư số";
        case Loading: return "Đang tải…";

        case IdentityLabel: return "CCCD/HC/MST";
        case IdentityPlaceholder: return "Số căn cước, hộ chiếu hoặc mã số thuế";
        case IdentityCitizenCard: return "CCCD";
        case IdentityOldCard: return "CMND";
        case IdentityPassport: return "Hộ chiếu";
        case IdentityTaxCode: return "Mã số thuế";
        case IdentityTaxCodeBranch: return "Mã số thuế đơn vị phụ thuộc";
        case IdentityUseSuggestion: return "Dùng {suggestion}";

        case SerialLabel: return "Số serial";
        case SerialPlaceholder: return "Tất cả chứng thư số";
        case SerialPlaceholderOne: return "Chọn một chứng thư số";
        case SerialHelp: return "Để trống để thêm mọi chứng thư số của số này.";
        case LookUp: return "Tra cứu";
        case LookingUp: return "Đang tra cứu…";
        case LookupOne: return "1 chứng thư số tại VNPT SmartCA";
        case LookupOther: return "{count} chứng thư số tại VNPT SmartCA";
        case LookupPick: return "chọn một, hoặc để “tất cả”";
        case LookupPickOne: return "chọn một";
        case LookupAll: return "Tất cả chứng thư số";
        case LookupAllNewOne: return "thêm 1 chứng thư số mới";
        case LookupAllNewOther: return "thêm {count} chứng thư số mới";
        case LookupOnListOne: return "1 đã có trong danh sách";
        case LookupOnListOther: return "{count} đã có trong danh sách";
        case LookupExpiredOne: return "1 trong số đó đã hết hạn";
        case LookupExpiredOther: return "{count} trong số đó đã hết hạn";
        case LookupOnList: return "đã có trong danh sách";
        case LookupUntil: return "đến {date}";
        case LookupNone: return "VNPT SmartCA không có chứng thư số nào cho số này.";
        case LookupNoneAdvice: return "Hãy kiểm tra lại số, hoặc đề nghị chủ sở hữu đăng ký chứng thư số trước.";

        case BusinessLabel: return "Tài khoản SmartCA doanh nghiệp";
        case BusinessHelp: return "Ký không cần ứng dụng điện thoại, bằng mật khẩu và khóa bí mật của tài khoản.";
        case BusinessHelpOn: return "Mật khẩu và khóa bí mật chỉ được kiểm tra khi ký.";
        case PasswordLabel: return "Mật khẩu";
        case PasswordPlaceholder: return "Mật khẩu tài khoản";
        case SecretKeyLabel: return "Khóa bí mật";
        case SecretKeyPlaceholder: return "Base64 hoặc base32";
        case ShowPassword: return "Hiện mật khẩu";
        case HidePassword: return "Ẩn mật khẩu";
        case ShowSecretKey: return "Hiện khóa bí mật";
        case HideSecretKey: return "Ẩn khóa bí mật";
        case OneTimeCode: return "Mã hiện tại: {code} · {seconds} s — so với ứng dụng xác thực";

        case SignatureTextLabel: return "Nội dung chữ ký";
        case SignatureTextPlaceholder: return "Nội dung hiển thị trên tài liệu khi ký";
        case DisplayModeLabel: return "Chế độ hiển thị";
        case DisplayTextAndImage: return "Chữ và ảnh";
        case DisplayImageOnly: return "Chỉ ảnh";
        case DisplayTextOnly: return "Chỉ chữ";
        case SignatureImageLabel: return "Ảnh chữ ký";
        case SignatureImageNone: return "Chưa có ảnh";
        case SignatureImageHint: return "PNG hoặc JPEG, tối đa {maximum}. Chọn, kéo thả hoặc dán ảnh.";
        case SignatureImageSize: return "{width} × {height} · {size}";
        case ImageChoose: return "Chọn ảnh";
        case ImageReplace: return "Thay ảnh";
        case Reset: return "Đặt lại";
        case ResetSignatureText: return "Đặt lại nội dung chữ ký";
        case ResetDisplayMode: return "Đặt lại chế độ hiển thị";
        case ResetSignatureImage: return "Đặt lại ảnh chữ ký";
        case FromCompany: return "theo cấu hình của công ty";
        case FromUser: return "theo tài khoản người dùng";
        case FromBuiltIn: return "mặc định";
        case FromEdit: return "đã sửa";
        case NotSavedHere: return "Hệ thống này không lưu được mục này.";

        case PreviewTitle: return "Xem trước";
        case PreviewSubtitle: return "Hình thức trên tài liệu";
        case PreviewFromUser: return "Tạm điền theo người dùng cho đến khi chọn chứng thư số.";
        case PreviewNothing: return "Chưa có gì để hiển thị";

        case DiscardTitle: return "Bỏ những gì đã nhập?";
        case DiscardText: return "Chứng thư số chưa được tạo. Nội dung đã nhập sẽ mất.";
        case DiscardConfirm: return "Bỏ";
        case DiscardKeep: return "Tiếp tục nhập";
        case TryAgain: return "Thử lại";
        case RequestNumber: return "Mã yêu cầu {id}.";
        case Dismiss: return "Đóng thông báo";

        case CreatedTitle: return "Đã tạo chứng thư số";
        case CreatedNothingTitle: return "Không có chứng thư số mới";
        case CreatedOne: return "Đã thêm 1 chứng thư số cho {user}.";
        case CreatedOther: return "Đã thêm {count} chứng thư số cho {user}.";
        case CreatedOnListOne: return "1 đã có trong danh sách.";
        case CreatedOnListOther: return "{count} đã có trong danh sách.";
        case CreatedExpiredOne: return "1 trong số đó đã hết hạn.";
        case CreatedExpiredOther: return "{count} trong số đó đã hết hạn.";
        case CreatedMissingOne: return "1 chưa được thêm: hãy tạo lại để thêm.";
        case CreatedMissingOther: return "{count} chưa được thêm: hãy tạo lại để thêm.";
        case CreatedNotSaved: return "Hệ thống này không lưu: {fields}.";
        case UsersFoundNone: return "Không có người dùng nào khớp";
        case UsersFoundOne: return "Có 1 người dùng khớp";
        case UsersFoundOther: return "Có {count} người dùng khớp";

        // What a certificate says of itself, and what can be said of it.
        case NameTypeCommonName: return "Tên chung";
        case NameTypeOrganization: return "Tổ chức";
        case NameTypeUnit: return "Đơn vị";
        case NameTypeLocality: return "Quận, huyện";
        case NameTypeState: return "Tỉnh, thành phố";
        case NameTypeCountry: return "Quốc gia";
        case NameTypeUserId: return "Số định danh";
        case NameTypeTitle: return "Chức danh";
        case NameTypeEmail: return "Email";
        case NameTypeOrganizationId: return "Mã định danh tổ chức";

        case UsageDigitalSignature: return "Chữ ký số";
        case UsageNonRepudiation: return "Chống chối bỏ";
        case UsageKeyEncipherment: return "Mã hóa khóa";
        case UsageDataEncipherment: return "Mã hóa dữ liệu";
        case UsageKeyAgreement: return "Thỏa thuận khóa";
        case UsageCertificateSigning: return "Ký chứng thư số";
        case UsageCrlSigning: return "Ký danh sách thu hồi";
        case UsageEncipherOnly: return "Chỉ mã hóa";
        case UsageDecipherOnly: return "Chỉ giải mã";
        case PurposeClientAuthentication: return "Xác thực người dùng";
        case PurposeServerAuthentication: return "Xác thực máy chủ";
        case PurposeEmailProtection: return "Bảo vệ thư điện tử";
        case PurposeCodeSigning: return "Ký mã nguồn";
        case PurposeTimeStamping: return "Cấp dấu thời gian";
        case PurposeDocumentSigning: return "Ký tài liệu";

        case ChainVerified: return "Đã xác minh tới “{root}”.";
        case ChainNotConfigured: return "Chưa xác minh: hệ thống chưa được cấu hình tổ chức chứng thực tin cậy.";
        case ChainNotKept: return "Chưa xác minh: ở đây chỉ có những thông tin mà danh sách hiển thị.";
        case ChainExpired: return "Không xác minh được: chứng thư số đã hết hạn. Chuỗi chứng thực dẫn tới “{root}”.";
        case ChainNotYetValid: return "Không xác minh được: chứng thư số chưa có hiệu lực. Chuỗi chứng thực dẫn tới “{root}”.";
        case ChainIssuerUnknown: return "Không xác minh được: tổ chức cấp “{issuer}” không thuộc danh sách tin cậy.";
        case ChainSelfSigned: return "Không xác minh được: chứng thư số tự ký và không được tin cậy.";
        case ChainIssuerNotValid: return "Không xác minh được: chứng thư số của tổ chức cấp đã hết hạn hoặc chưa có hiệu lực.";
        case ChainSignatureWrong: return "Không xác minh được: chữ ký sai. Chứng thư số đã bị sửa đổi hoặc do bên khác ký.";
        case ChainWeak: return "Không xác minh được: khóa hoặc thuật toán ký quá yếu.";
        case ChainRuleBroken: return "Không xác minh được: chứng thư số vi phạm quy tắc của X.509.";
        case ChainRevocation: return "Chưa kiểm tra việc thu hồi.";

        // The dialogs about one certificate of the list.
        case ActionDetails: return "Chi tiết";
        case ActionRename: return "Đổi tên";
        case DetailsOf: return "Chứng thư số của {user}";
        case DetailsFailedTitle: return "Không tải được chi tiết";
        case DetailsNotKept: return "Không có sẵn chính chứng thư số này. Sau đây là những gì danh sách ghi nhận.";
        case DetailsAsked: return "Vừa đọc từ SmartCA; danh sách không lưu bản sao.";
        case DetailsNotReached: return "Không hỏi được SmartCA, nơi có chính chứng thư số này. Sau đây là những gì danh sách ghi nhận.";
        case DetailsUnreadable: return "Không đọc được chứng thư số đang lưu. Sau đây là những gì danh sách ghi nhận.";
        case DetailsChain: return "Xác minh";
        case DetailsCertificate: return "Chứng thư số";
        case DetailsSubject: return "Chủ thể";
        case DetailsIssuer: return "Tổ chức cấp";
        case DetailsKey: return "Khóa và chữ ký";
        case DetailsAddresses: return "Địa chỉ";
        case DetailsPublicKey: return "Khóa công khai";
        case DetailsKeySize: return "{algorithm}, {bits} bit";
        case DetailsSignatureAlgorithm: return "Thuật toán ký";
        case DetailsKeyUsage: return "Mục đích dùng khóa";
        case DetailsPurposes: return "Mục đích mở rộng";
        case DetailsFingerprint: return "Dấu vân tay SHA-256";
        case DetailsOcsp: return "Trạng thái (OCSP)";
        case DetailsCaIssuers: return "Chứng thư của tổ chức cấp";
        case DetailsCrl: return "Danh sách thu hồi (CRL)";
        case CopySerial: return "Sao chép số serial";
        case CopyFingerprint: return "Sao chép dấu vân tay";
        case Copied: return "Đã sao chép.";
        case CopyFailed: return "Không sao chép được. Hãy chọn rồi tự sao chép.";
        case RenameTitle: return "Đổi tên “{name}”";
        case RenameLabel: return "Tên trong danh sách";
        case RenameHelp: return "Để trống để dùng tên của chính chứng thư số.";
        case RenameSave: return "Lưu";
        case RenameSaving: return "Đang lưu…";
        case Renamed: return "Chứng thư số nay có tên “{name}”.";
        case RenameFailed: return "Chưa đổi được tên";
        case DiscardNameText: return "Chứng thư số giữ nguyên tên.";

        // What the rules say of a field.
        case FindingRequired: return "Mục này là bắt buộc.";
        case FindingRequiredUser: return "Hãy chọn người dùng.";
        case FindingRequiredIdentity: return "Hãy nhập số CCCD, hộ chiếu hoặc mã số thuế.";
        case FindingRequiredPassword: return "Hãy nhập mật khẩu của tài khoản doanh nghiệp.";
        case FindingRequiredSecretKey: return "Hãy nhập khóa bí mật của tài khoản doanh nghiệp.";
        case FindingTooLong: return "Quá dài: tối đa {maximum} ký tự.";
        case FindingInvalidText: return "Có ký tự không dùng được ở đây, có thể là ký tự ẩn. Hãy gõ lại thay vì dán.";
        case FindingIdentityUnknownShape: return "Số này không giống số CCCD (12 chữ số), hộ chiếu hay mã số thuế (10 hoặc 13 chữ số). Hãy kiểm tra trước khi tiếp tục.";
        case FindingIdentityCheckDigit: return "Mã số thuế sai chữ số kiểm tra. Có phải {suggestion}?";
        case FindingIdentityCheckDigitNone: return "Không có mã số thuế nào bắt đầu bằng chín chữ số này. Hãy kiểm tra lại.";
        case FindingIdentityBranchUnassigned: return "Không có đơn vị phụ thuộc nào mang mã 000. Hãy kiểm tra ba chữ số cuối.";
        case FindingSerialNotHexadecimal: return "Số serial chỉ gồm chữ số 0–9 và chữ cái a–f.";
        case FindingSerialTooLong: return "Số serial quá dài: tối đa 40 chữ số thập lục phân.";
        case FindingSerialZero: return "Số serial không thể bằng 0.";
        case FindingSerialLooksDecimal: return "Đây có vẻ là số thập phân. Viết theo hệ thập lục phân là {hexadecimal}.";
        case FindingSerialRequired: return "Chọn số serial: số này có {count} chứng thư số.";
        case FindingSerialNotRegisteredOne: return "Chứng thư số duy nhất của số này có số serial khác.";
        case FindingSerialNotRegisteredOther: return "Không chứng thư số nào trong {count} chứng thư số của số này có số serial này.";
        case FindingSerialShared: return "Hai chứng thư số của hai tổ chức cấp khác nhau có cùng số serial {serial}, danh sách không phân biệt được. Hãy chọn số serial khác hoặc đề nghị VNPT cấp lại một trong hai.";
        case FindingSecretKeyUndecodable: return "Khóa bí mật không phải base64 hay base32. Hãy sao chép lại.";
        case FindingSecretKeyTooShort: return "Khóa bí mật quá ngắn: cần ít nhất 10 byte.";
        case FindingSecretKeyTooLong: return "Khóa bí mật quá dài: tối đa 64 byte.";
        case FindingPlaceholderUnknown: return "“{name}” không phải biến đã biết và sẽ hiển thị nguyên văn.";
        case FindingPlaceholderUnclosed: return "Có hai dấu ngoặc nhọn mở nhưng chưa đóng: văn bản sẽ hiển thị nguyên văn.";
        case FindingSignatureTextMissing: return "Chế độ hiển thị có chữ nhưng chưa có nội dung chữ ký.";
        case FindingSignatureImageMissing: return "Chế độ hiển thị có ảnh nhưng chưa có ảnh chữ ký. Việc ký có thể bị từ chối.";
        case FindingImageNotPngOrJpeg: return "Tệp này không được dùng: không phải ảnh PNG hoặc JPEG, hoặc đã bị hỏng.";
        case FindingImageTooLarge: return "Ảnh quá lớn: tối đa {maximum}.";
        case FindingImageTooManyPixels: return "Ảnh quá lớn: tối đa {maximum} điểm ảnh.";
        case FindingUserUnknown: return "Người dùng này không còn tồn tại. Hãy chọn người khác.";
        case FindingNoCertificate: return "VNPT SmartCA không có chứng thư số nào cho số này.";
        case FindingAllAlreadyOnList: return "Mọi chứng thư số của số này đã có trong danh sách.";
        case FindingCertificateExpired: return "Chứng thư số {serial} đã hết hạn ngày {date}.";
        case FindingBusinessAccountNeedsOne: return "Tài khoản doanh nghiệp ký bằng một chứng thư số: nếu số này có nhiều chứng thư số, hãy chọn số serial.";

        // What went wrong beyond the form, what did not happen, and what to do.
        case ProblemMalformedRequestTitle: return "Hệ thống không hiểu yêu cầu";
        case ProblemMalformedRequestAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy báo mã yêu cầu cho quản trị viên.";
        case ProblemUnauthorizedTitle: return "Bạn chưa đăng nhập";
        case ProblemUnauthorizedAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy đăng nhập lại ở một thẻ khác rồi thử lại.";
        case ProblemForbiddenTitle: return "Bạn không có quyền thực hiện việc này";
        case ProblemForbiddenAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy đề nghị quản trị viên cấp quyền.";
        case ProblemNotFoundTitle: return "Không có gì ở đây, hoặc không còn nữa";
        case ProblemNotFoundAdvice: return "Không có gì thay đổi. Hãy kiểm tra địa chỉ hoặc tải lại danh sách: có thể người khác đã xóa mục này.";
        case ProblemMethodNotAllowedTitle: return "Thao tác này không được hỗ trợ";
        case ProblemMethodNotAllowedAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy báo mã yêu cầu cho quản trị viên.";
        case ProblemInProgressTitle: return "Yêu cầu này đang được xử lý";
        case ProblemInProgressAdvice: return "Yêu cầu không bị thực hiện lần thứ hai và nội dung bạn nhập không bị mất. Hãy thử lại sau giây lát để xem kết quả.";
        case ProblemTooLargeTitle: return "Dữ liệu gửi đi quá lớn";
        case ProblemTooLargeAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy chọn ảnh chữ ký nhỏ hơn.";
        case ProblemUnsupportedMediaTypeTitle: return "Định dạng của yêu cầu không được hỗ trợ";
        case ProblemUnsupportedMediaTypeAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy báo mã yêu cầu cho quản trị viên.";
        case ProblemKeyReusedTitle: return "Yêu cầu này đã được gửi với nội dung khác";
        case ProblemKeyReusedAdvice: return "Không có gì mới được tạo và nội dung bạn nhập không bị mất. Hãy xem danh sách rồi thử lại.";
        case ProblemFindingsTitle: return "Có mục cần sửa";
        case ProblemFindingsAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy sửa các mục được đánh dấu.";
        case ProblemTooManyRequestsTitle: return "Quá nhiều yêu cầu";
        case ProblemTooManyRequestsAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy đợi giây lát rồi thử lại.";
        case ProblemInternalTitle: return "Hệ thống gặp sự cố";
        case ProblemInternalAdvice: return "Nội dung bạn nhập không bị mất. Hãy xem danh sách trước khi thử lại và báo mã yêu cầu cho quản trị viên.";
        case ProblemUpstreamCredentialsTitle: return "VNPT SmartCA từ chối tài khoản của hệ thống này";
        case ProblemUpstreamCredentialsAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy báo quản trị viên kiểm tra kết nối với VNPT SmartCA.";
        case ProblemUpstreamNonsenseTitle: return "Không đọc được phản hồi của VNPT SmartCA";
        case ProblemUpstreamNonsenseAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy thử lại sau; nếu vẫn gặp lỗi, hãy báo mã yêu cầu cho quản trị viên.";
        case ProblemUpstreamRefusedTitle: return "VNPT SmartCA từ chối yêu cầu";
        case ProblemUpstreamRefusedAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy kiểm tra lại số rồi thử lại.";
        case ProblemUnavailableTitle: return "Hệ thống đang bận";
        case ProblemUnavailableAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy thử lại sau giây lát.";
        case ProblemUpstreamSilentTitle: return "VNPT SmartCA không phản hồi";
        case ProblemUpstreamSilentAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất.";
        case ProblemUpstreamUntrustedTitle: return "VNPT SmartCA không chứng minh được danh tính";
        case ProblemUpstreamUntrustedAdvice: return "Chưa có gì được tạo hay gửi đi và nội dung bạn nhập không bị mất. Hãy báo quản trị viên rằng hệ thống này không tin cậy chứng chỉ TLS của cổng SmartCA: cần kiểm tra địa chỉ cổng hoặc tổ chức bảo chứng (smartca-ca-file).";
        case ProblemPortalUntrustedTitle: return "VNPT eContract không chứng minh được danh tính";
        case ProblemPortalUntrustedAdvice: return "Chưa có gì được tạo hay gửi đi và nội dung bạn nhập không bị mất. Hãy báo quản trị viên rằng hệ thống này không tin cậy chứng chỉ TLS của eContract: cần kiểm tra địa chỉ hoặc tổ chức bảo chứng (econtract-ca-file).";
        case ProblemPortalCredentialsTitle: return "VNPT eContract từ chối tài khoản của hệ thống này";
        case ProblemPortalCredentialsAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy báo quản trị viên rằng VNPT eContract không chấp nhận tài khoản của hệ thống này (econtract-username-file, econtract-password-file).";
        case ProblemPortalNonsenseTitle: return "Không đọc được phản hồi của VNPT eContract";
        case ProblemPortalNonsenseAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy thử lại sau; nếu vẫn gặp lỗi, hãy báo mã yêu cầu cho quản trị viên.";
        case ProblemPortalRefusedTitle: return "VNPT eContract từ chối yêu cầu";
        case ProblemPortalRefusedAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Thông báo của VNPT eContract cho biết cần sửa gì hoặc thiếu quyền nào.";
        case ProblemUserPendingTitle: return "Một yêu cầu trước đó cho người dùng này đang được kiểm tra";
        case ProblemUserPendingAdvice: return "Chưa có gì được tạo và nội dung bạn nhập không bị mất. Hãy thử lại sau giây lát, khi đã rõ kết quả của yêu cầu trước.";
        case ProblemOutcomeUnknownTitle: return "Chưa rõ VNPT eContract đã thực hiện thay đổi hay chưa";
        case ProblemOutcomeUnknownAdvice: return "Thay đổi có thể đã được thực hiện. Hãy tải lại danh sách để xem.";
        case ProblemNotCreatedTitle: return "VNPT eContract chưa tạo chứng thư số";
        case ProblemNotCreatedAdvice: return "Phản hồi bị thất lạc, và danh sách chứng thư số của người dùng cho thấy chưa có gì được tạo. Nội dung bạn nhập không bị mất: hãy tạo lại.";

        case None: case Count: break;
    }
    return {};
}
// clang-format on

constinit const Texts kVietnamese = textsOf(vietnamese);

}  // namespace smartca
