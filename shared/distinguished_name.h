// Reads the attributes of a certificate's subject as SmartCA writes it: "C=VN,ST=HÀ NỘI,CN=Nguyễn Văn
// A,UID=CMND:000000000" (RFC 4514 string form; the UID attribute, as Vietnamese certificates have it, holds
// "CCCD:", "CMND:" or "MST:" and the number, and may stand twice).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/message.h"

namespace smartca {

// Attribute types upper-cased in the order they stand; 0.9.2342.19200300.100.1.1 and UniqueIdentifier become
// UID, TITLE becomes T, the numbers of CN, O, OU and T their letters. Escapes (RFC 4514 §2.4) and quoted
// values are resolved; a comma that starts no attribute belongs to the value before it, since gateways forget
// to escape it. Values are valid UTF-8. Unreadable input gives what could be read.
std::vector<Argument> parseDistinguishedName(std::string_view subject);

// The first value of that type, or empty.
std::string attributeOf(const std::vector<Argument>& name, std::string_view type);

// The values of the signature text's placeholders: SubjectDN.CN, .O, .OU, .UID, .T, SubjectDN, Name. The UID
// is the bare number, without "CCCD:" or "MST:", as eContract's own `uid` has it (VNPT eContract API,
// users/smart-ca/add).
Arguments placeholderValues(std::string_view subject);

}  // namespace smartca
