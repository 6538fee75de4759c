// The list of certificates, put together from the users who have them (directory.h).
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "proxy/econtract/econtract_registry.h"
#include "proxy/registry/fold.h"

namespace smartca::econtract {
namespace {

using registry::CertificateQuery;

// One row with what it is found and sorted by, in the same form as the embedded registry's.
struct Row {
    Certificate certificate;
    std::string nameKey;
    std::string searchKey;
};

Row rowOf(const PortalCertificate& certificate, const User& owner, Instant now) {
    Row row{certificateOf(certificate, owner, now), {}, {}};
    row.nameKey = registry::folded(row.certificate.name);
    const std::string other = certificate.nickname.empty() ? "" : registry::folded(certificate.commonName);
    row.searchKey = registry::searchKey({row.nameKey, other, registry::foldedNumber(certificate.serial),
                                         registry::foldedNumber(certificate.identity)});
    return row;
}

bool matches(const Row& row, const CertificateQuery& query, const std::vector<std::string>& needles) {
    const Certificate& certificate = row.certificate;
    if (query.userId != 0 && certificate.userId != query.userId) return false;
    if (query.type && certificate.type != *query.type) return false;
    if (query.status && certificate.status != *query.status) return false;
    if (query.validFrom && certificate.validFrom < *query.validFrom) return false;
    if (query.validTo && certificate.validTo > *query.validTo) return false;
    return std::all_of(needles.begin(), needles.end(), [&](const std::string& needle) {
        return row.searchKey.find(needle) != std::string::npos;
    });
}

bool stands(const Row& left, const Row& right) {
    return std::tie(left.nameKey, left.certificate.id) < std::tie(right.nameKey, right.certificate.id);
}

CertificatePage pageOf(const Directory::Listing& listing, const CertificateQuery& query) {
    CertificatePage page;
    page.page = std::max(query.page, 1);
    page.pageSize = std::clamp(query.pageSize, 1, 1000);
    page.complete = listing.complete;
    const auto needles = registry::searchNeedles(query.search);
    std::vector<Row> rows;
    std::set<UserId> owners;
    for (const PortalUser& user : listing.users) {
        for (const PortalCertificate& certificate : user.certificates) {
            ++page.allCount;
            Row row = rowOf(certificate, user.user, query.now);
            if (!matches(row, query, needles)) continue;
            owners.insert(user.user.id);
            rows.push_back(std::move(row));
        }
    }
    std::sort(rows.begin(), rows.end(), stands);
    page.totalCount = static_cast<std::int64_t>(rows.size());
    page.userCount = static_cast<std::int64_t>(owners.size());
    const auto first = static_cast<std::size_t>(page.page - 1) * static_cast<std::size_t>(page.pageSize);
    const auto last = std::min(rows.size(), first + static_cast<std::size_t>(page.pageSize));
    for (std::size_t at = first; at < last; ++at)
        page.items.push_back(std::move(rows[at].certificate));
    return page;
}

const PortalCertificate* find(const PortalUser& user, std::int64_t id) {
    for (const PortalCertificate& certificate : user.certificates) {
        if (certificate.id == id) return &certificate;
    }
    return nullptr;
}

}  // namespace

base::Outcome<CertificatePage> EContractRegistry::certificates(const CertificateQuery& query) {
    if (query.userId == 0) {
        const auto listing = directory_.everyone();
        if (!listing) return listing.error();
        return pageOf(listing.value(), query);
    }
    // One user's list needs no walk, and is never old.
    auto user = read(query.userId);
    if (!user && user.error().code != ProblemCode::NotFound) return user.error();
    Directory::Listing one;
    if (user) one.users.push_back(std::move(user).value());
    return pageOf(one, query);
}

base::Outcome<PortalUser> EContractRegistry::ownerOf(std::int64_t certificate) {
    const auto owner = directory_.ownerOf(certificate);
    if (!owner) return owner.error();
    if (!owner.value()) return base::Fault{ProblemCode::NotFound};
    auto user = read(*owner.value());
    if (user && find(user.value(), certificate) == nullptr) return base::Fault{ProblemCode::NotFound};
    return user;
}

base::Outcome<Certificate> EContractRegistry::certificate(std::int64_t id, Instant now) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.error();
    return certificateOf(*find(owner.value(), id), owner.value().user, now);
}

base::Outcome<std::vector<std::string>> EContractRegistry::serialsOnList(
    UserId id, const std::vector<std::string>& serials) {
    std::vector<std::string> found;
    if (serials.empty()) return found;
    Directory::Listing listing;
    if (id != 0) {
        auto user = read(id);
        if (!user && user.error().code != ProblemCode::NotFound) return user.error();
        if (user) listing.users.push_back(std::move(user).value());
    } else {
        auto everyone = directory_.everyone();
        if (!everyone) return everyone.error();
        listing = std::move(everyone).value();
    }
    for (const std::string& serial : serials) {
        const bool listed =
            std::any_of(listing.users.begin(), listing.users.end(), [&](const PortalUser& user) {
                const auto& own = user.certificates;
                return std::any_of(own.begin(), own.end(),
                                   [&](const auto& each) { return each.serial == serial; });
            });
        if (listed) found.push_back(serial);
    }
    return found;
}

}  // namespace smartca::econtract
