// Where the optional fields go that VNPT's public API has no place for: the names of their keys and the path
// to send them to, as an operator has learnt them from VNPT. Without a map these fields are not sent, and are
// reported as not saved.
//
//   {"businessAccount": {"path": "/api/users/smart-ca/add", "key": "isBusinessSmartCaAccount"},
//    "displayMode":     {"path": "/api/users/smart-ca/settings", "key": "signatureDisplayMode"}}
//
// The names on the left are businessAccount, password, secretKey, signatureText, displayMode and
// signatureImage. A field whose path is that of smart-ca/add travels in the add itself; the others go
// afterwards, one POST for each path and each certificate added, with its id and userId. Values: true for the
// business account, eContract's number of a display mode (1 text, 2 text and image, 3 image), base64 for the
// image, else text.
//
// Threads: immutable once read; any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "proxy/econtract/wire.h"
#include "proxy/registry/registry.h"
#include "shared/field.h"
#include "shared/result.h"

namespace smartca::econtract {

// With CRLF between lines, as eContract stores texts (VNPT eContract API, users: signatureText).
std::string withCrLf(std::string_view text);

inline constexpr const char* kAddPath = "/api/users/smart-ca/add";

class FieldMap {
  public:
    // The error is a sentence that says what is wrong with the text.
    static Result<FieldMap, std::string> parse(std::string_view json);

    std::vector<Field> fields() const;
    std::vector<std::string> pathsAfterAdd() const;

    // Sets the members of `body` that go to that path: of the fields that the attachment gives. Returns
    // those.
    std::vector<Field> fill(Json& body, std::string_view path, const registry::Attachment& attachment) const;

  private:
    struct Target {
        Field field;
        std::string path;
        std::string key;
    };
    std::vector<Target> targets_;
};

}  // namespace smartca::econtract
