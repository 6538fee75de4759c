#include "proxy/base/file.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include "proxy/base/unique_descriptor.h"

using namespace smartca;

TEST_CASE("a file is read whole, with every byte") {
    CHECK(base::readFile("/dev/null") == std::string());
    CHECK(base::readFile("/proc/self/cmdline").value().find('\0') != std::string::npos);
}

TEST_CASE("what is absent or a folder cannot be read") {
    CHECK_FALSE(base::readFile("/nowhere"));
    CHECK_FALSE(base::readFile("/"));
}

TEST_CASE("a descriptor is closed once, by its last owner") {
    int number = -1;
    {
        base::UniqueDescriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        number = first.get();
        base::UniqueDescriptor second(std::move(first));
        CHECK_FALSE(first);
        CHECK(second.get() == number);
        CHECK(::fcntl(number, F_GETFD) >= 0);
    }
    CHECK(::fcntl(number, F_GETFD) == -1);
}
