/// \file
/// Descriptors that close themselves.

#include <berth/core/descriptor.hpp>

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>

using namespace berth;

namespace {

/// Whether a descriptor is open.
auto is_open(int fd) -> bool { return ::fcntl(fd, F_GETFD) != -1; }

auto opened() -> descriptor { return descriptor(::open("/dev/null", O_RDONLY)); }

} // namespace

TEST_CASE("a descriptor closes when it goes") {
    auto fd = -1;
    {
        auto const d = opened();
        REQUIRE(d);
        fd = d.get();
        CHECK(is_open(fd));
    }
    CHECK_FALSE(is_open(fd));
}

TEST_CASE("a descriptor moves and is closed once") {
    auto from = opened();
    auto const fd = from.get();
    auto to = std::move(from);
    CHECK_FALSE(from);
    CHECK(to.get() == fd);
    to.close();
    CHECK_FALSE(to);
    CHECK_FALSE(is_open(fd));
    to.close();
    CHECK(to.get() == -1);
}

TEST_CASE("no descriptor is -1") {
    CHECK_FALSE(descriptor());
    CHECK(descriptor().get() == -1);
}
