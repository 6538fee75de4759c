#include "web/app/requests.h"

#include <nlohmann/json.hpp>

#include "shared/calendar.h"
#include "shared/json_guard.h"
#include "shared/json_writer.h"
#include "shared/text.h"
#include "web/app/turn.h"

namespace smartca::app {
namespace {

// Appends "name=value" with the separator it needs.
void addParameter(std::string& path, std::string_view name, std::string_view value) {
    path += path.find('?') == std::string::npos ? '?' : '&';
    path += name;
    path += '=';
    path += percentEncoded(value);
}

// A day as the API writes it, "2026-11-22".
void addDay(std::string& path, std::string_view name, std::string_view typed) {
    constexpr Instant kVietnamAhead = 7 * 3600;
    const auto day = parseDay(trimmed(typed));
    if (day) addParameter(path, name, std::string_view(isoOf(*day + kVietnamAhead)).substr(0, 10));
}

// As much of a search as the proxy takes, and without the control characters that come with a paste.
void addSearch(std::string& path, std::string_view typed) {
    constexpr std::size_t kLongest = 100;  // code points
    std::string words;
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < typed.size() && count < kLongest; ++count) {
        const char32_t character = nextCodePoint(typed, offset);
        appendCodePoint(words, character < 0x20 || character == 0x7F ? U' ' : character);
    }
    const std::string_view search = trimmed(words);
    if (!search.empty()) addParameter(path, "search", search);
}

// "11,12": as many as the proxy takes. A comma stays as it is, so that they fit.
std::string idsOf(const std::vector<std::int64_t>& ids) {
    constexpr std::size_t kMost = 1000;
    std::string words;
    for (std::size_t at = 0; at < ids.size() && at < kMost; ++at)
        words.append(at == 0 ? "" : ",").append(std::to_string(ids[at]));
    return words;
}

void addPage(std::string& path, int page) {
    addParameter(path, "page", std::to_string(page));
    addParameter(path, "pageSize", std::to_string(kPageSize));
}

Trouble foreign() {
    Trouble trouble;
    trouble.origin = Origin::Foreign;
    return trouble;
}

bool isSuccess(int status) {
    return status >= 200 && status < 300;
}

template <class T>
Answer<T> read(const Answered& answered, Parsed<T> (*parse)(const nlohmann::json&)) {
    if (!isSuccess(answered.status)) return troubleIn(answered);
    const auto json = parseJson(answered.body);
    if (!json) return foreign();
    auto parsed = parse(json.value());
    if (!parsed) return foreign();
    return std::move(parsed).value();
}

}  // namespace

std::string usersPath(std::string_view search, int page) {
    std::string path = "users";
    addSearch(path, search);
    addPage(path, page);
    return path;
}

std::string userPath(UserId id) {
    return "users/" + std::to_string(id);
}

std::string defaultsPath(UserId id) {
    std::string path = "defaults";
    if (id != 0) addParameter(path, "userId", std::to_string(id));
    return path;
}

std::string certificatesPath(const ListState& list) {
    std::string path = "certificates";
    if (!list.only.empty()) path += "?ids=" + idsOf(list.only);
    addSearch(path, list.search);
    if (list.chosenUser) addParameter(path, "userId", std::to_string(list.chosenUser->id));
    if (list.type.selected != 0) addParameter(path, "type", list.type.selected == 1 ? "smartCa" : "business");
    if (list.status.selected != 0)
        addParameter(path, "status", nameOf(static_cast<CertificateStatus>(list.status.selected - 1)));
    addDay(path, "validFrom", list.validFrom);
    addDay(path, "validTo", list.validTo);
    addPage(path, list.page);
    return path;
}

std::string certificatePath(std::int64_t id) {
    return "certificates/" + std::to_string(id);
}

std::string detailsPath(std::int64_t id) {
    return certificatePath(id) + "/details";
}

std::string createPath(std::int64_t id) {
    return "creates/" + std::to_string(id);
}

std::string lookupBody(const LookupRequest& request) {
    return writeJson(toJson(request));
}
std::string createBody(const Draft& draft) {
    return writeJson(toJson(draft));
}
std::string defaultBody() {
    CertificateChange change;
    change.isDefault = true;
    return writeJson(toJson(change));
}
std::string renameBody(std::string name) {
    CertificateChange change;
    change.name = std::move(name);
    return writeJson(toJson(change));
}
// Of a create that an earlier opening of the dialog has left running.
void setWhose(nlohmann::json& detail, Whose whose) {
    if (whose == Whose::Left) detail["left"] = true;
}
std::string createdDetail(UserId user, const CreateAnswer& answer, const std::string& words, Whose whose) {
    nlohmann::json detail = toJson(answer);
    setWhose(detail, whose);
    setInteger(detail, "userId", user);
    setText(detail, "message", words);
    return writeJson(detail);
}
std::string pendingDetail(const SubmissionState& submission, Whose whose) {
    nlohmann::json detail;
    setWhose(detail, whose);
    setInteger(detail, "userId", submission.userId);
    if (submission.checked != 0) setInteger(detail, "createId", submission.checked);
    return writeJson(detail);
}
std::string endedDetail(std::string_view code, UserId user, Whose whose) {
    nlohmann::json detail;
    setWhose(detail, whose);
    setText(detail, "code", std::string(code));
    setInteger(detail, "userId", user);
    return writeJson(detail);
}
std::string closedDetail(const std::vector<Notice>& notices) {
    nlohmann::json detail(nlohmann::json::value_t::object);
    for (const Notice& notice : notices)
        if (notice.stays) detail["told"].push_back(wordsOf(notice));
    return writeJson(detail);
}
std::string openedDetail(UserId user) {
    nlohmann::json detail(nlohmann::json::value_t::object);
    if (user != 0) setInteger(detail, "userId", user);
    return writeJson(detail);
}
std::string lookedUpDetail(const DialogState& dialog) {
    const LookupAnswer& answer = dialog.lookup.answer.value;
    nlohmann::json detail;
    setText(detail, "identity", answer.identity);
    if (dialog.draft.userId != 0) setInteger(detail, "userId", dialog.draft.userId);
    setInteger(detail, "found", static_cast<std::int64_t>(answer.certificates.size()));
    setInteger(detail, "unreadable", static_cast<std::int64_t>(answer.unreadable.size()));
    return writeJson(detail);
}

Answer<Session> readSession(const Answered& answered) {
    return read<Session>(answered, parseSession);
}
Answer<User> readUser(const Answered& answered) {
    return read<User>(answered, parseUser);
}
Answer<Page<User>> readUsers(const Answered& answered) {
    return read<Page<User>>(answered, parseUsers);
}
Answer<Defaults> readDefaults(const Answered& answered) {
    return read<Defaults>(answered, parseDefaults);
}
Answer<LookupAnswer> readLookup(const Answered& answered) {
    return read<LookupAnswer>(answered, parseLookupAnswer);
}
Answer<CertificatePage> readCertificates(const Answered& answered) {
    return read<CertificatePage>(answered, parseCertificates);
}
Answer<Certificate> readCertificate(const Answered& answered) {
    return read<Certificate>(answered, parseCertificate);
}
Answer<CertificateDetails> readDetails(const Answered& answered) {
    return read<CertificateDetails>(answered, parseCertificateDetails);
}
Answer<CreateAnswer> readCreate(const Answered& answered) {
    return read<CreateAnswer>(answered, parseCreateAnswer);
}
Answer<PendingCreate> readPendingCreate(const Answered& answered) {
    return read<PendingCreate>(answered, parsePendingCreate);
}

// 204 has no body; a 200 must be JSON, since a captive portal's page is no proof that something was deleted.
Answer<Done> readDeleted(const Answered& answered) {
    if (!isSuccess(answered.status)) return troubleIn(answered);
    if (answered.status != 204 && !parseJson(answered.body)) return foreign();
    return Done{};
}

Trouble troubleIn(const Answered& answered) {
    if (answered.status == 0) {
        Trouble trouble;
        trouble.origin = Origin::NoConnection;
        return trouble;
    }
    const auto json = parseJson(answered.body);
    auto problem = json ? parseProblem(json.value()) : Parsed<Problem>(ShapeError{});
    // A web server before the proxy that passes nothing of that size on.
    if (!problem && answered.status == 413) return Trouble{{.code = ProblemCode::TooLarge}, Origin::Proxy};
    if (!problem) return foreign();
    return Trouble{std::move(problem).value(), Origin::Proxy};
}

}  // namespace smartca::app
