/// \file
/// A backup is a store of its own, and nothing that is half a backup is left anywhere.

#include "../folder.hpp"

#include <berth/store/lmdb.hpp>
#include <berth/store/lmdb/backup.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using namespace berth;
using store::restore_lmdb;
using tests::folder;

namespace {

auto opened(std::string const& path) -> store::lmdb {
    auto out = store::lmdb::open(path);
    INFO((out ? std::string{} : out.error().message));
    REQUIRE(out);
    return *std::move(out);
}

/// Whether there is nothing in a directory that could be taken for a store.
auto holds_nothing(std::string const& path) -> bool {
    return !std::filesystem::exists(path + "/data.mdb") && !std::filesystem::exists(path + "/unfinished");
}

} // namespace

TEST_CASE("what was there at the backup is there when it is restored, and what came after is not") {
    auto const below = folder();
    {
        auto s = opened(below / "store");
        REQUIRE(store::put(s, "a", "1"));
        REQUIRE(store::put(s, "b", "2"));
        REQUIRE(s.backup(below / "backup"));
        REQUIRE(store::put(s, "a", "later"));
    }
    auto const before = std::filesystem::file_size(below / "backup/data.mdb");
    REQUIRE(restore_lmdb(below / "backup", below / "again"));
    CHECK(std::filesystem::file_size(below / "backup/data.mdb") == before);
    auto s = opened(below / "again");
    CHECK(s.revision() == 3);
    CHECK(store::get(s, "a")->value() == "1");
    CHECK(store::get(s, "b")->value() == "2");
    REQUIRE(store::put(s, "a", "goes on"));
    CHECK(s.revision() == 4);
}

TEST_CASE("a directory that is not empty is neither overwritten nor touched") {
    auto const below = folder();
    auto s = opened(below / "store");
    REQUIRE(store::put(s, "a", "1"));
    std::filesystem::create_directory(below / "mine");
    std::ofstream(below / "mine/letter") << "dear";
    auto const refused = s.backup(below / "mine");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::unavailable);
    CHECK(refused.error().message ==
          "store: " + (below / "mine") + ": it is not empty; name a new directory");
    CHECK(holds_nothing(below / "mine"));
    CHECK(std::filesystem::file_size(below / "mine/letter") == 4);
    auto const nowhere = s.backup("/proc/no/such/place");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().message.starts_with("store: /proc/no/such/place: it cannot be made: "));
}

TEST_CASE("what is no backup, a damaged one, and one in use are refused, and leave nothing") {
    auto const below = folder();
    auto const none = restore_lmdb(below / "none", below / "a");
    REQUIRE_FALSE(none);
    CHECK(none.error().message == "store: " + (below / "none") + ": there is no backup (no data.mdb)");
    CHECK(holds_nothing(below / "a"));

    auto s = opened(below / "store");
    for (auto i = 0; i < 200; ++i) REQUIRE(store::put(s, "key" + std::to_string(i), std::string(100, 'x')));
    auto const used = restore_lmdb(below / "store", below / "b");
    REQUIRE_FALSE(used);
    CHECK(used.error().message.find("it is in use") != std::string::npos);
    CHECK(holds_nothing(below / "b"));

    REQUIRE(s.backup(below / "backup"));
    {
        auto file = std::fstream(below / "backup/data.mdb", std::ios::in | std::ios::out | std::ios::binary);
        auto const size = std::filesystem::file_size(below / "backup/data.mdb");
        for (auto at = std::uintmax_t{3 * 4'096 + 2'000}; at < size; at += 4'096) {
            file.seekp(static_cast<std::streamoff>(at));
            file << "scratched";
        }
    }
    auto const damaged = restore_lmdb(below / "backup", below / "c");
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().code == error_code::internal);
    CHECK(holds_nothing(below / "c"));
}
