/// \file
/// Logs of containers: which file, which lines of it, and whether more may come.

#include <berth/node/logs.hpp>
#include <berth/object/time.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/file.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace berth;
using namespace berth::node;

namespace {

/// A place of logs in a folder of its own.
struct scene {
    log_place place{made_folder(), "default", "web", "uid-1", "app"};

    scene() { std::filesystem::create_directories(place.directory()); }
    scene(scene const&) = delete;
    auto operator=(scene const&) -> scene& = delete;
    ~scene() { std::filesystem::remove_all(place.root); }

    static auto made_folder() -> std::string {
        auto name = (std::filesystem::temp_directory_path() / "berth-logs-XXXXXX").string();
        return ::mkdtemp(name.data());
    }
    auto write(std::string const& file, std::string const& text) const -> void {
        std::ofstream(place.directory() + "/" + file, std::ios::app) << text;
    }
    auto line(std::string const& text) const -> void {
        write("0.log", "2026-01-02T03:04:05.000000001Z stdout F " + text + "\n");
    }
    [[nodiscard]] auto open(log_options options = {}) const -> log_reader {
        return open_log(place, false, options).value();
    }
};

} // namespace

TEST_CASE("logs are read by lines, times, streams and bytes", "[node][logs]") {
    auto name = (std::filesystem::temp_directory_path() / "berth-logs-XXXXXX").string();
    auto const place = log_place{::mkdtemp(name.data()), "default", "web", "uid-1", "app"};
    std::filesystem::create_directories(place.directory());
    std::ofstream(place.file(0)) << "2026-01-02T03:04:05.000000001Z stdout F old\n";
    std::ofstream(place.file(1)) << "2026-01-02T03:04:05.000000001Z stdout F one\n"
                                    "2026-01-02T03:04:06.000000001Z stderr F two\n"
                                    "2026-01-02T03:04:07.000000001Z stdout P th\n"
                                    "2026-01-02T03:04:07.000000002Z stdout F ree\n"
                                    "2026-01-02T03:04:08.000000001Z stdout F \n"
                                    "2026-01-02T03:04:09.000000001Z stdout F unfinish";
    auto const read = [&place](log_options options) {
        return open_log(place, false, options).value().read();
    };
    CHECK(read({}) == "one\ntwo\nthree\n\n");
    CHECK(read({.tail_lines = 0}) == "");
    CHECK(read({.tail_lines = 4}) ==
          "three\n\n"); // the unfinished line is one, and parts are, as for a kubelet
    CHECK(read({.tail_lines = 100}) == "one\ntwo\nthree\n\n");
    CHECK(read({.limit_bytes = 5}) == "one\nt");
    CHECK(read({.since = object::parse_time("2026-01-02T03:04:06Z").value()}) == "two\nthree\n\n");
    CHECK(read({.from = log_options::stream::standard_error}) == "two\n");
    CHECK(read({.tail_lines = 4, .timestamps = true})
              .starts_with("2026-01-02T03:04:07.000000001Z three\n2026-"));
    CHECK(open_log(place, true).value().read() == "old\n");
    CHECK(open_log(place, false).value().finished());
    auto following = open_log(place, false, {.tail_lines = 1}).value();
    CHECK(following.read() == "");
    std::ofstream(place.file(1), std::ios::app) << "ed\n";
    CHECK(following.read() == "unfinished\n");
    CHECK(following.read() == "");
    auto missing = place;
    missing.container = "none";
    CHECK(open_log(missing, false).error().code == error_code::not_found);
    std::filesystem::remove_all(place.root);
}

TEST_CASE("the newest log is that of the most restarts, and only logs count", "[node][logs]") {
    auto const s = scene();
    CHECK_FALSE(incarnation_of(s.place, false));
    for (auto const* file : {"9.log", "10.log", "2.log", "11.log.gz", "12", "x.log", "13.txt"})
        s.write(file, "");
    CHECK(incarnation_of(s.place, false) == 10);
    CHECK(incarnation_of(s.place, true) == 9);
    std::filesystem::remove(s.place.file(9));
    std::filesystem::remove(s.place.file(2));
    CHECK_FALSE(incarnation_of(s.place, true));
    CHECK(open_log(s.place, true).error().message ==
          "previous terminated container \"app\" in pod \"web\" has no log");
}

TEST_CASE("the last lines are found behind whole blocks of the file", "[node][logs]") {
    auto const s = scene();
    for (auto i = 0; i < 5'000; ++i) s.line(std::to_string(i)); // more than 64 KiB
    auto three = s.open({.tail_lines = 3});
    CHECK(three.read() == "4997\n4998\n4999\n");
    auto const many = s.open({.tail_lines = 4'000}).read(std::size_t{1} << 30U);
    CHECK(many.starts_with("1000\n1001\n"));
    CHECK(many.ends_with("4999\n"));
}

TEST_CASE("parts of about the asked size follow each other without gap", "[node][logs]") {
    auto const s = scene();
    auto all = std::string();
    for (auto i = 0; i < 5'000; ++i) {
        s.line(std::to_string(i));
        all += std::to_string(i) + "\n";
    }
    auto reader = s.open();
    auto read = std::string();
    for (auto part = reader.read(1); !part.empty(); part = reader.read(1)) read += part;
    CHECK(read == all);
    auto again = s.open();
    CHECK_FALSE(again.read(1).empty());
    auto resumed = s.open();
    resumed.go_to(again.position());
    CHECK(resumed.read(1) == again.read(1));
}

TEST_CASE("a line longer than any buffer is read whole, once its end is there", "[node][logs]") {
    auto const s = scene();
    auto const text = std::string(300'000, 'x');
    s.line("before");
    s.write("0.log", "2026-01-02T03:04:05.000000001Z stdout F " + text);
    auto log = s.open();
    CHECK(log.read() == "before\n");
    CHECK(log.read().empty());
    s.write("0.log", "\n");
    s.line("after");
    CHECK(log.read(text.size() + 100) == text + "\nafter\n");
}

TEST_CASE("a log may grow as long as its writer holds it, and not beyond its limit", "[node][logs]") {
    auto const s = scene();
    s.line("one");
    auto* const writer = std::fopen(s.place.file(0).c_str(), "a");
    REQUIRE(writer != nullptr);
    REQUIRE(::flock(::fileno(writer), LOCK_EX) == 0);
    auto following = s.open();
    CHECK_FALSE(following.finished());
    auto limited = s.open({.limit_bytes = 2});
    CHECK_FALSE(limited.exhausted());
    CHECK(limited.read() == "on");
    CHECK(limited.exhausted());
    CHECK(limited.finished()); // whatever the writer does
    std::fclose(writer);
    CHECK(following.finished());
}
