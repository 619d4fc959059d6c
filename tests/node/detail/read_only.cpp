/// \file
/// Paths that a process cannot write below.

#include "../volume_desk.hpp"

#include <berth/node/detail/read_only.hpp>

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

using namespace berth;

namespace {

/// What a process that keeps some paths says of writing `file`: 0 or the errno, or 255 if it cannot keep
/// them.
auto try_to_write(std::vector<std::string> kept, std::string const& file) -> int {
    auto paths = std::vector<char*>();
    for (auto& k : kept) paths.push_back(k.data());
    paths.push_back(nullptr);
    auto const pid = ::fork();
    if (pid == 0) {
        if (node::detail::make_read_only(paths.data()) != 0) ::_exit(255);
        ::_exit(::open(file.c_str(), O_WRONLY | O_CREAT, 0600) >= 0 ? 0 : errno);
    }
    auto status = 0;
    ::waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

} // namespace

TEST_CASE("a process cannot write below what it keeps read-only, and others can") {
    auto place = test::folder();
    std::filesystem::create_directories(place.path + "/kept/deep");
    auto const able = node::detail::can_make_read_only();
    auto const answer = [able](int n) { return able ? n : 255; };
    CHECK(try_to_write({place.path + "/kept"}, place.path + "/kept/deep/x") == answer(EROFS));
    CHECK(try_to_write({place.path + "/kept"}, place.path + "/x") == answer(0));
    CHECK(try_to_write({place.path + "/kept/deep"}, place.path + "/kept/x") == answer(0));
    CHECK(try_to_write({"/"}, place.path + "/y") == answer(EROFS));
    CHECK(std::filesystem::exists(place.path + "/kept/x") == able);
    CHECK_FALSE(std::filesystem::exists(place.path + "/kept/deep/x"));
    CHECK(::close(::open((place.path + "/kept/deep/x").c_str(), O_WRONLY | O_CREAT, 0600)) == 0);
}

TEST_CASE("a path that is not there cannot be kept") {
    CHECK(try_to_write({"/nowhere/at/all"}, "/nowhere/x") == 255);
}
