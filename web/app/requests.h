// The proxy's API from the dialog's side: the paths with their queries, the bodies, and what an answer means.
// The only file of this room that touches JSON.
#pragma once

#include <string>
#include <string_view>

#include "shared/api.h"
#include "shared/result.h"
#include "web/app/event.h"
#include "web/app/state.h"

namespace smartca::app {

constexpr int kPageSize = 10;

std::string usersPath(std::string_view search, int page);
std::string userPath(UserId id);
std::string defaultsPath(UserId id);
// Days that cannot be read are left out.
std::string certificatesPath(const ListState& list);
std::string certificatePath(std::int64_t id);
std::string detailsPath(std::int64_t id);
std::string createPath(std::int64_t id);

std::string lookupBody(const LookupRequest& request);
std::string createBody(const Draft& draft);
std::string defaultBody();  // makes a certificate its user's default
std::string renameBody(std::string name);
// Details of the element's events (web/element/README.md).
// The answer, the user of the certificates, and what a person is told.
// Whether the create is of the open dialog, or was left running by an earlier opening ("left" in the detail).
enum class Whose : std::uint8_t { Open, Left };
std::string createdDetail(UserId user, const CreateAnswer& answer, const std::string& words, Whose whose);
std::string pendingDetail(const SubmissionState& submission, Whose whose);
std::string endedDetail(std::string_view code, UserId user,
                        Whose whose);                          // and nothing of it is known to be done
std::string closedDetail(const std::vector<Notice>& notices);  // those that stay are told in its place
std::string openedDetail(UserId user);
std::string lookedUpDetail(const DialogState& dialog);

template <class T>
using Answer = Result<T, Trouble>;

Answer<Session> readSession(const Answered& answered);
Answer<User> readUser(const Answered& answered);
Answer<Page<User>> readUsers(const Answered& answered);
Answer<Defaults> readDefaults(const Answered& answered);
Answer<LookupAnswer> readLookup(const Answered& answered);
Answer<CertificatePage> readCertificates(const Answered& answered);
Answer<Certificate> readCertificate(const Answered& answered);
Answer<CertificateDetails> readDetails(const Answered& answered);
Answer<CreateAnswer> readCreate(const Answered& answered);
Answer<PendingCreate> readPendingCreate(const Answered& answered);
Answer<Done> readDeleted(const Answered& answered);

// What an answer that is no success says.
Trouble troubleIn(const Answered& answered);

}  // namespace smartca::app
