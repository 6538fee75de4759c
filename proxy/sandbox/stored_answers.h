// Answers that were written down, served as they are: one given with the fault "answer", or a file of them
// (--answers), each to a look-up of a number of its own.
//
// The file is a JSON array like tests/cases/smartca-answers.json:
//   "name"      what it shows
//   "should"    what a client should make of it
//   "http"      the HTTP status (default 200)
//   "body"      an object, sent as JSON; or a text, sent as it is
//   "headers"   {"Retry-After": "120"}; 429 and 503 have that one by themselves, as a gateway's have
// The n-th answers the number 001200000000 + n, which has the shape of a CCCD.
//
// Threads: plain values.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "proxy/sandbox/wire.h"
#include "shared/result.h"

namespace smartca::sandbox {

struct StoredAnswer {
    std::string name{};
    std::string should{};
    int http = 200;
    std::string body{};
    std::string type{};  // of the body
    std::map<std::string, std::string> headers{};
};
// The error says which key is wrong.
Result<StoredAnswer, std::string> parseStoredAnswer(const Json& object);

using StoredAnswers = std::map<std::string, StoredAnswer, std::less<>>;  // by number
Result<StoredAnswers, std::string> parseStoredAnswers(std::string_view json);
// [{"number", "name", "should"}], as GET /sandbox/answers shows them.
Json describe(const StoredAnswers& answers);

}  // namespace smartca::sandbox
