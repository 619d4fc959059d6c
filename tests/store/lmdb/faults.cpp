/// \file
/// The disk below a durable store refuses to write: what the store refuses then is not there, what it
/// acknowledged is, and when the disk works again so does the store, or says that it must be opened anew.

#include "disk.hpp"
#include "maker.hpp"
#include "scene.hpp"

#include <berth/core/random.hpp>
#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
using tests::disk;
using tests::disk_fate;
using tests::folder;
using tests::scene;
using tests::small;

namespace {

/// The ways in which a call fails; the last ones only writes.
constexpr auto fates = std::array{disk_fate{.error = EIO}, disk_fate{.error = ENOSPC}, disk_fate{.only = 0},
                                  disk_fate{.only = 600}};

/// Calls that fail: so many from one on.
struct fault {
    int first = 0;
    int count = 1;
    disk_fate fate{};
    int seen = 0;

    auto operator()(tests::disk_call const&) -> disk_fate {
        ++seen;
        return seen >= first && seen < first + count ? fate : disk_fate{};
    }
};

/// Opens a store on a disk that may refuse: how often it may do so, until it has to work.
auto open(std::string const& path, scene& s, int tries) -> std::optional<store::lmdb> {
    for (; tries > 0; --tries) {
        auto opened = store::lmdb::open(path, small);
        if (opened) return *std::move(opened);
        if (opened.error().code != error_code::unavailable) s.complain(opened.error().message);
    }
    s.complain("it cannot be opened");
    return std::nullopt;
}

/// Some lives of a store, with one worker; it is opened anew when it says so.
auto live(std::string const& path, scene& s, int steps) -> void {
    for (auto lives = 0; lives < 2; ++lives) {
        auto opened = open(path, s, 60);
        if (!opened) return;
        s.settle(*opened);
        for (auto i = 0; i < steps; ++i) {
            auto const goes_on = s.go_on(*opened, 0);
            s.look(*opened);
            if (goes_on) continue;
            if (s.go_on(*opened, 0)) s.complain("a store that lost its way went on");
            opened.reset();
            opened = open(path, s, 60);
            if (!opened) return;
            s.settle(*opened);
        }
    }
}

/// Runs something in a child, which says what is wrong. Answers that.
template <class F> auto in_child(F work) -> std::string {
    auto ends = std::array<int, 2>{};
    if (::pipe(ends.data()) != 0) return "no pipe";
    auto const child = ::fork();
    if (child == 0) {
        auto const wrong = std::string{work()};
        static_cast<void>(::write(ends[1], wrong.data(), wrong.size()) == 0);
        std::_Exit(0);
    }
    ::close(ends[1]);
    auto out = std::array<char, 1'000>{};
    auto const size = ::read(ends[0], out.data(), out.size());
    ::close(ends[0]);
    auto status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "the child died";
    return {out.data(), static_cast<std::size_t>(size)};
}

constexpr auto keys = 40; ///< that are written over and over

/// Writes until the disk is full, and sees what is there then, after space was made, and later.
template <class MakeSpace> auto fill(std::string const& path, MakeSpace make_space) -> std::string {
    auto written = 0;
    auto const put_next = [&](store::lmdb& s, std::size_t size) {
        auto const key = "k" + std::to_string(written % keys);
        return store::put(s, key, std::to_string(written) + std::string(size, 'x'));
    };
    auto const is_there = [&](store::lmdb& s) {
        auto const last = store::get(s, "k" + std::to_string((written - 1) % keys));
        return s.revision() == written + 1 && last && last->value().find(std::to_string(written - 1)) == 0;
    };
    {
        auto s = store::lmdb::open(path, small);
        if (!s) return s.error().message;
        auto put = result<store::put_reply<std::string>>{};
        while ((put = put_next(*s, 3'000))) ++written;
        if (written < 20) return "only " + std::to_string(written) + " were written: " + put.error().message;
        if (put.error().code != error_code::unavailable) return put.error().message;
        if (put.error().message.find("nothing was written (its disk has ") == std::string::npos)
            return put.error().message;
        if (!is_there(*s)) return "a value was lost";
        if (auto const made = make_space(*s); !made) return "no space: " + made.error().message;
        for (auto i = 0; i < 5; ++i, ++written) {
            put = put_next(*s, 3'000);
            if (!put) return "afterwards, " + std::to_string(i) + ": " + put.error().message;
        }
    }
    auto s = store::lmdb::open(path, small);
    if (!s) return s.error().message;
    return is_there(*s) ? "" : "a value was lost when it was opened again";
}

} // namespace

TEST_CASE("a write that the disk refuses is not there, whichever call it refuses", "[store][crash]") {
    auto refusals = 0;
    for (auto const& fate : fates) {
        auto seen = 1;
        for (auto first = 1; first <= seen; ++first) {
            auto const home = folder{};
            auto s = scene{1, 4};
            auto bad = fault{.first = first, .count = first % 3 == 0 ? 1 + first % 7 : 1, .fate = fate};
            auto const listening = disk{std::ref(bad)};
            live(home / "store", s, 14);
            seen = bad.seen;
            bad.count = 0;
            for (auto luck = std::uint64_t{0}; luck < 3; ++luck) s.cut(home / "store", luck);
            refusals += s.refusals();
            INFO("call " << first << " of " << seen << ", error " << fate.error << ", only " << fate.only);
            REQUIRE(s.complaint() == "");
        }
        CHECK(seen > 60);
    }
    CHECK(refusals > 100);
}

TEST_CASE("under many threads what the disk refuses is not there, and what was acknowledged is",
          "[store][crash][threads]") {
    for (auto seed = std::uint64_t{1}; seed <= 12; ++seed) {
        auto const home = folder{};
        auto s = scene{4, seed};
        auto draw = berth::random_engine{seed};
        auto left = 0; // of the calls that fail one after the other
        auto const listening = disk{[&](auto const&) -> disk_fate {
            if (left == 0 && draw.below(25) == 0) left = 1 + static_cast<int>(draw.below(4));
            return left-- > 0 ? fates[draw.below(fates.size())] : (left = 0, disk_fate{});
        }};
        for (auto lives = 0; lives < 6; ++lives) {
            auto opened = open(home / "store", s, 100);
            REQUIRE(opened);
            s.settle(*opened);
            {
                auto threads = std::vector<std::jthread>{};
                for (std::size_t who = 0; who < 4; ++who)
                    threads.emplace_back([&, who] {
                        for (auto i = 0; i < 40 && s.go_on(*opened, who);) ++i;
                    });
            }
            s.look(*opened);
        }
        INFO("seed " << seed << ", " << s.refusals() << " refusals");
        CHECK(s.complaint() == "");
    }
}

TEST_CASE("a backup that the disk refuses is said to be none, and a later one is whole", "[store][crash]") {
    auto const home = folder{};
    auto s = store::lmdb::open(home / "store", small).value();
    for (auto i = 0; i < 100; ++i) REQUIRE(store::put(s, "k" + std::to_string(i), std::string(1'000, 'v')));
    for (auto const& fate : fates) {
        auto seen = 1;
        for (auto first = 1; first <= seen; ++first) {
            auto const target = home / "backup";
            auto bad = fault{.first = first, .fate = fate};
            auto done = result<void>{};
            {
                auto const listening = disk{std::ref(bad)};
                done = s.backup(target);
            }
            seen = bad.seen;
            INFO("call " << first << " of " << seen << ", error " << fate.error);
            if (!done) CHECK(done.error().code == error_code::unavailable);
            CHECK(done.has_value() == std::filesystem::exists(target + "/data.mdb"));
            CHECK(store::put(s, "k0", "w"));
            std::filesystem::remove_all(target);
        }
    }
    REQUIRE(s.backup(home / "backup"));
    CHECK(store::lmdb::open(home / "backup")->range({.key = "k", .range_end = "l"})->count == 100);
}

TEST_CASE("a full disk refuses writes, loses nothing, and works again when there is space",
          "[store][crash]") {
    auto const home = folder{};
    auto const on_small_disk = [&](auto make_space) {
        return in_child([&]() -> std::string {
            auto const here = home / "disk";
            std::filesystem::create_directories(here);
            if (::unshare(CLONE_NEWNS) != 0 ||
                ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                ::mount("none", here.c_str(), "tmpfs", 0, "size=1m") != 0)
                return "not permitted";
            std::ofstream(here + "/ballast") << std::string(200'000, 'b');
            return fill(here + "/store",
                        [&](store::lmdb& s) -> result<void> { return make_space(s, here + "/ballast"); });
        });
    };
    auto const wrong = on_small_disk([](auto&, std::string const& ballast) -> result<void> {
        std::filesystem::remove(ballast);
        return {};
    });
    if (wrong == "not permitted") {
        WARN("skipped: this user may not mount a small file system");
        return;
    }
    CHECK(wrong == "");
    CHECK(on_small_disk([](auto& s, auto const&) { return s.compact(s.revision()); }) == "");
}

TEST_CASE("a limit of the file's size refuses writes, loses nothing, and compaction makes space",
          "[store][crash]") {
    for (auto bytes = rlim_t{300'000}; bytes < 1'000'000; bytes += 70'001) {
        auto const home = folder{};
        auto const wrong = in_child([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            auto const limit = ::rlimit{bytes, RLIM_INFINITY};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            return fill(home / "store", [](auto& s) { return s.compact(s.revision()); });
        });
        INFO(bytes << " bytes");
        CHECK(wrong == "");
    }
}
