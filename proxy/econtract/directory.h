// Which user has which certificates, for the questions that the eContract API has no call for: the list over
// all users, and the owner of a certificate.
//
// The API gives certificates with one user at a time, so the list is a walk over the users, `maximumUsers` at
// most and `patience` long at most, kept for `fresh`. What was read or changed through us meanwhile is put in
// its place at once; a user of whom it is not known whether they were changed is read anew for each list
// during `fresh`. A list that had to stop early says so.
//
// The API's reads can lag behind a change (other clients read again after 600 ms): of one that shows certificates as
// they were before a change of ours, of which we have seen more since, it is asked again, twice at most.
//
// Threads: any; a walk reads with `readers` threads, and a request during one waits for it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "proxy/econtract/portal_client.h"

namespace smartca::econtract {

struct DirectoryOptions {
    std::int64_t maximumUsers = 500;
    std::chrono::milliseconds fresh{30'000};
    std::chrono::milliseconds patience{20'000};
    std::size_t readers = 4;
};

class Directory {
  public:
    // `portal` must outlive it.
    Directory(PortalClient& portal, DirectoryOptions options);

    struct Listing {
        std::vector<PortalUser> users;
        bool complete = true;      // every user of the portal is in it, with all certificates
        std::string passedOver{};  // for our log, once for each walk: who could not be read, and why
    };
    base::Outcome<Listing> everyone();

    using TimePoint = std::chrono::steady_clock::time_point;

    // The portal is asked.
    base::Outcome<PortalUser> read(UserId id);
    // A change of that user is about to be sent, and this is what it was answered with at that time.
    void changing(UserId id);
    void changed(const PortalUser& user, TimePoint asOf);
    // A change of that user may have been made, or be made yet.
    void doubt(UserId id, TimePoint since);
    // Who has the certificate, or had it before a change of ours; walks where it has not been seen.
    // CertificateGone: nobody; Unavailable: nobody of those who could be looked at.
    base::Outcome<UserId> ownerOf(std::int64_t certificate);
    // As it was read last; asks nobody.
    std::optional<PortalCertificate> seen(std::int64_t certificate);
    // Everyone, or that user, as far as they were read within the last `fresh`. Asks nobody.
    std::vector<PortalUser> seenLately(UserId only = 0);
    // How many certificates the user had when last seen, within the last `fresh`.
    std::optional<std::int64_t> countOf(UserId id);

  private:
    struct Entry {
        PortalUser user;
        TimePoint asOf;
        std::vector<std::vector<PortalCertificate>> before{};  // each change of ours
        TimePoint changed{};                                   // the last of them
    };
    void put(const PortalUser& user, TimePoint asOf);  // what is known from a later time stays
    bool isBehind(const PortalUser& read);
    struct UserIds {
        std::vector<UserId> ids;
        bool complete = true;  // no user is beyond the walk's bound
        int leftOut = 0;
    };
    base::Outcome<UserIds> listUserIds();
    struct Reading {
        bool all = true;                       // in time, with their certificates
        std::size_t count = 0;                 // of those who were read
        std::optional<base::Fault> failure{};  // the last, of a portal that failed
    };
    Reading readAll(const std::vector<UserId>& ids, TimePoint end);
    base::Outcome<bool>
    walk();              // false: another one is under way, and so many wait for it that this one does not
    bool readDoubted();  // whether all were
    std::optional<UserId> knownOwner(std::int64_t certificate);

    PortalClient& portal_;
    const DirectoryOptions options_;
    std::mutex walking_;
    std::atomic<int> waiting_{0};
    std::mutex mutex_;
    std::map<UserId, Entry> entries_;
    std::map<UserId, TimePoint> doubted_;  // since when
    std::optional<TimePoint> walked_;
    bool complete_ = false;
    std::string passedOver_;
};

}  // namespace smartca::econtract
