#include "proxy/registry/create_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/json_guard.h"
#include "shared/object_reader.h"

namespace smartca::registry {
namespace {

template <class T>
bool isAmong(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::string textOf(const AnswerMemo& memo) {
    LookupAnswer found;
    found.certificates = memo.found;
    found.unreadable = memo.unreadable;
    LookupAnswer leftOut;
    leftOut.certificates = memo.leftOut;
    nlohmann::json notSaved = nlohmann::json::array();
    for (const Field field : memo.notSaved)
        notSaved.push_back(std::string(ruleOf(field).key));
    return writeJson({{"found", toJson(found)},
                      {"leftOut", toJson(leftOut)},
                      {"notSaved", std::move(notSaved)},
                      {"locale", std::string(tagOf(memo.locale))},
                      {"requestId", memo.requestId}});
}

std::optional<AnswerMemo> readAnswerMemo(std::string_view text) {
    const auto json = parseJson(text);
    if (!json) return std::nullopt;
    ObjectReader reader(json.value());
    AnswerMemo memo;
    const nlohmann::json* found = reader.value("found");
    const nlohmann::json* leftOut = reader.value("leftOut");
    reader.eachText("notSaved", [&](std::string_view key) { memo.notSaved.push_back(fieldOfKey(key)); });
    memo.locale = localeOfTag(reader.text("locale"));
    memo.requestId = reader.text("requestId");
    if (reader.failed()) return std::nullopt;
    auto lookup = parseLookupAnswer(*found);
    auto others = parseLookupAnswer(*leftOut);
    if (!lookup || !others) return std::nullopt;
    memo.found = std::move(lookup.value().certificates);
    memo.unreadable = std::move(lookup.value().unreadable);
    memo.leftOut = std::move(others.value().certificates);
    return memo;
}

std::string createBody(const AnswerMemo& memo, const Attached& attached) {
    CreateAnswer answer;
    std::vector<std::string> added;
    added.reserve(attached.added.size());
    for (const auto& certificate : attached.added)
        added.push_back(certificate.serial);
    for (RegisteredCertificate described : memo.found) {
        const bool isNew = isAmong(added, described.serial);
        described.onList = isNew || isAmong(attached.alreadyOnList, described.serial);
        if (isNew && described.status == CertificateStatus::Expired) answer.expired.push_back(described);
        if (!described.onList && isAmong(attached.missing, described.serial))
            answer.missing.push_back(described);
        if (!isNew && described.onList) answer.alreadyOnList.push_back(std::move(described));
    }
    for (const RegisteredCertificate& described : memo.leftOut)
        (described.onList ? answer.alreadyOnList : answer.leftOut).push_back(described);
    answer.unreadable = memo.unreadable;
    answer.added = attached.added;
    if (attached.refusal) answer.upstreamMessage = attached.refusal->message;
    answer.notSaved = memo.notSaved;
    // Promised before, and not kept this time.
    for (const Field field : attached.notSaved) {
        if (!isAmong(answer.notSaved, field)) answer.notSaved.push_back(field);
    }
    return writeJson(toJson(answer));
}

}  // namespace smartca::registry
