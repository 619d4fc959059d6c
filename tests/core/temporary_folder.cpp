/// \file
/// Folders that go with the program, also when it is killed.

#include <berth/core/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace berth;
namespace files = std::filesystem;

namespace {

/// Where the folders of one test are.
struct place {
    temporary_folder own = temporary_folder::make("berth-test").value();
    [[nodiscard]] auto path() const -> std::string const& { return own.path(); }
    [[nodiscard]] auto count() const -> std::ptrdiff_t {
        auto n = std::ptrdiff_t{0};
        for (auto const& one : files::directory_iterator(path())) n += one.path().filename() != ".in-use";
        return n;
    }
};

/// What a killed program leaves there: a folder with something in it.
auto leave_behind(std::string const& where) -> std::string {
    int told[2];
    REQUIRE(::pipe(told) == 0);
    auto const pid = ::fork();
    if (pid == 0) {
        auto const made = temporary_folder::make("x", where);
        if (!made) ::_exit(1);
        std::ofstream(made->path() + "/file") << "y";
        if (::write(told[1], made->path().c_str(), made->path().size()) < 0) ::_exit(1);
        ::kill(::getpid(), SIGKILL);
    }
    ::close(told[1]);
    ::waitpid(pid, nullptr, 0);
    char text[4096];
    auto const n = ::read(told[0], text, sizeof text);
    ::close(told[0]);
    REQUIRE(n > 0);
    return {text, static_cast<std::size_t>(n)};
}

} // namespace

TEST_CASE("a temporary folder is this user's alone, and goes with its handle") {
    auto const p = place();
    {
        auto made = temporary_folder::make("x", p.path()).value();
        CHECK(made.path().starts_with(p.path() + "/x-"));
        std::ofstream(made.path() + "/file") << "y";
        struct stat info{};
        CHECK(::stat(made.path().c_str(), &info) == 0);
        CHECK((info.st_mode & 0777) == 0700);
        auto moved = std::move(made);
        CHECK(p.count() == 1);
    }
    CHECK(p.count() == 0);
    CHECK(temporary_folder().path().empty());
    CHECK(temporary_folder::make("x", p.path() + "/nowhere").error().code == error_code::unavailable);
}

TEST_CASE("what a killed program left is swept away by the next, and nothing that is in use") {
    auto const p = place();
    auto const used = temporary_folder::make("x", p.path()).value();
    auto const left = leave_behind(p.path());
    CHECK(files::exists(left + "/file"));
    auto const next = temporary_folder::make("x", p.path()).value();
    CHECK_FALSE(files::exists(left));
    CHECK(files::exists(used.path()));
    CHECK(p.count() == 2);
}

TEST_CASE("a sweep takes nothing that is not one of these folders") {
    auto const p = place();
    files::create_directory(p.path() + "/x-nolock");
    files::create_directory(p.path() + "/y-abcdef");
    std::ofstream(p.path() + "/x-fileab") << "z";
    auto const other = leave_behind(p.path());
    auto const open = leave_behind(p.path()); // the first was swept by this
    CHECK_FALSE(files::exists(other));
    REQUIRE(::chmod(open.c_str(), 0755) == 0); // others may have written there
    auto const hidden = p.path() + "/hidden";
    auto const real = leave_behind(p.path());
    files::rename(real, hidden);
    files::create_directory_symlink(hidden, p.path() + "/x-linked");
    CHECK(temporary_folder::sweep("x", p.path()) == 0);
    for (auto const& kept : {p.path() + "/x-nolock", p.path() + "/y-abcdef", p.path() + "/x-fileab", open,
                             hidden, p.path() + "/x-linked"})
        CHECK(files::exists(kept));
}

TEST_CASE("a link in a folder is removed, and not what is behind it") {
    auto const p = place();
    auto const left = leave_behind(p.path());
    files::create_directory(p.path() + "/kept");
    std::ofstream(p.path() + "/kept/file") << "z";
    files::create_directory_symlink(p.path() + "/kept", left + "/link");
    CHECK(temporary_folder::sweep("x", p.path()) == 1);
    CHECK(files::exists(p.path() + "/kept/file"));
}

TEST_CASE("of many that sweep at once one removes a folder") {
    auto const p = place();
    for (auto i = 0; i < 3; ++i)
        files::rename(leave_behind(p.path()), p.path() + "/keep" + std::to_string(i));
    for (auto i = 0; i < 3; ++i)
        files::rename(p.path() + "/keep" + std::to_string(i), p.path() + "/x-abcde" + std::to_string(i));
    auto total = 0;
    auto pids = std::vector<pid_t>();
    for (auto i = 0; i < 8; ++i) {
        auto const pid = ::fork();
        if (pid == 0) ::_exit(temporary_folder::sweep("x", p.path()));
        pids.push_back(pid);
    }
    for (auto const pid : pids) {
        auto status = 0;
        ::waitpid(pid, &status, 0);
        total += WEXITSTATUS(status);
    }
    CHECK(total == 3);
    CHECK(p.count() == 0);
}
