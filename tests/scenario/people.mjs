// Who is registered at the sandbox in these tests: synthetic numbers, one for each situation that a create can meet.
const citizen = (id, name) => ['C=VN', 'ST=Hà Nội', `CN=${name}`, `UID=CCCD:${id}`];
const company = (id, name) => ['C=VN', 'ST=Hà Nội', `O=${name}`, `CN=${name}`, `UID=MST:${id}`];
const valid = (subject, more = {}) => ({ service: 'SMARTCA', package: 'SMARTCA PERSONAL PRO', subject, from: -100, to: 265, ...more });
const expired = (subject, more = {}) => valid(subject, { from: -400, to: -35, ...more });
const seal = (subject, more = {}) => valid(subject, { service: 'ESEAL', package: 'ESEAL', ...more });

// The secret key of RFC 6238's SHA-1 vectors in the shape of VNPT's samples: base64 of 32 hexadecimal characters.
export const secretKey = 'MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=';
export const twinSerial = '5401010100000000000000000000aa77';
export const unreadableSerial = '5401010100000000000000000000bb02';
export const revokedSerial = '5401010100000000000000000000bb03';
export const businessAccount = { password: 'Sandbox@769', secretKey };

export const registered = {
  one: '001099000001', // one certificate
  another: '001099000019', // one certificate
  several: '001099000002', // two valid and one expired
  twins: '001099000027', // two certificates of two issuers with the same serial number
  expired: '079305123456', // one, expired
  unreadable: '001099000043', // two certificates, one of which cannot be read
  nameless: '001099000060', // two, of one of which not even the serial number can be read
  unusable: '001099000035', // one, revoked
  none: '031200000009', // known, without any
  unknown: '001099999999', // SmartCA never heard of it
  companyWithOne: '0100684378',
  companyWithThree: '0100109106',
  branch: '0100686209-199', // SmartCA knows it with its hyphen
  plainBranch: '0101243150-001', // SmartCA knows it as 0101243150001
  passport: 'B1234567',
  oldCard: '012345678', // answers in the short form of the integrated package
  oddShape: '08009000000', // eleven digits, as in VNPT's own sample
};

// `count` citizens with one certificate each.
export const citizens = (count) => Array.from({ length: count }, (_, i) => String(92_099_000_000 + i).padStart(12, '0'));

export const identities = (more = []) => ({
  identities: [
    { id: registered.one, item: 'coded', certificates: [valid(citizen(registered.one, 'Nguyễn Văn A'))] },
    { id: registered.another, certificates: [valid(citizen(registered.another, 'Nguyễn Thị Ánh'))] },
    { id: registered.several, certificates: [
      valid(citizen(registered.several, 'Trần Văn Đức')), seal(citizen(registered.several, 'Trần Văn Đức')),
      expired(citizen(registered.several, 'Trần Văn Đức'))] },
    { id: registered.twins, certificates: ['intermediate', 'root'].map((issuer) =>
      valid(citizen(registered.twins, 'Đỗ Thị Sinh'), { issuer, serial: twinSerial })) },
    { id: registered.expired, certificates: [expired(citizen(registered.expired, 'Trần Thị Bích Ngọc'))] },
    { id: registered.unreadable, certificates: [
      valid(citizen(registered.unreadable, 'Hồ Văn Mờ')),
      valid(citizen(registered.unreadable, 'Hồ Văn Mờ'), { serial: unreadableSerial, wire: { cert_data: 'MIIE' } })] },
    { id: registered.nameless, certificates: [
      valid(citizen(registered.nameless, 'Hồ Văn Tối')),
      valid(citizen(registered.nameless, 'Hồ Văn Tối'), { wire: { cert_data: 'MIIE', serial_number: null } })] },
    { id: registered.unusable, certificates: [valid(citizen(registered.unusable, 'Lý Thị Hủy'), { serial: revokedSerial, status: 'revoked' })] },
    { id: registered.none, certificates: [] },
    { id: registered.companyWithOne, business: businessAccount, certificates: [seal(company(registered.companyWithOne, 'Bưu chính'))] },
    { id: registered.companyWithThree, business: businessAccount, certificates: [
      seal(company(registered.companyWithThree, 'Quân đội')), seal(company(registered.companyWithThree, 'Quân đội')),
      valid(company(registered.companyWithThree, 'Quân đội'))] },
    { id: registered.branch, certificates: [seal(company(registered.branch, 'Chi nhánh 199'))] },
    { id: registered.plainBranch.replace('-', ''), certificates: [seal(company(registered.plainBranch, 'Văn phòng'))] },
    { id: registered.passport, item: 'coded', certificates: [valid(['C=VN', 'CN=Lê Hoàng Phúc', `UID=HC:${registered.passport}`])] },
    { id: registered.oldCard, item: 'short', wrapped: true, certificates: [valid(['C=VN', 'CN=Phạm Ẫn Khuê', `UID=CMND:${registered.oldCard}`])] },
    { id: registered.oddShape, certificates: [valid(['C=VN', 'CN=Mẫu', `UID=${registered.oddShape}`])] },
    ...more.map((id) => ({ id, certificates: [valid(citizen(id, `Người ${id}`))] })),
  ],
});
