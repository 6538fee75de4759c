// Connects to the first of a host's addresses that takes it, in the spirit of Happy Eyeballs (RFC 8305): the
// next one is tried at once when one refuses, and beside it when one says nothing for a moment.
//
// Threads: any.
#pragma once

#include <sys/socket.h>

#include <string>
#include <vector>

#include "proxy/base/unique_descriptor.h"
#include "proxy/upstream/http_client.h"

namespace smartca::upstream {

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};

// In the order in which the system wants them tried; none where the name is not known. Takes as long as the
// system's resolver does. `host` may be an address.
std::vector<Address> addressesOf(const std::string& host, int port);

// A connected socket that does not block. The error says how each address failed.
Result<base::UniqueDescriptor, HttpError> connectToOne(const std::vector<Address>& addresses,
                                                       Deadline deadline);

// Waits until the socket is ready for `events` (poll's). False where the deadline passed first.
bool waitFor(int descriptor, short events, Deadline deadline);

}  // namespace smartca::upstream
