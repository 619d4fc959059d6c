/// \file
/// The environment of a durable store: what is written is there when it is opened again, what is not its own
/// is refused, and the map grows by itself.

#include "../folder.hpp"

#include <berth/store/detail/stored_revision.hpp>
#include <berth/store/lmdb/file.hpp>

#include <catch2/catch_test_macros.hpp>
#include <lmdb.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::detail;
using tests::folder;

namespace {

constexpr auto small_map = std::size_t{64} << 10U;

auto opened(std::string const& path) -> std::unique_ptr<lmdb_file> {
    auto out = lmdb_file::open(path, small_map);
    INFO((out ? std::string{} : out.error().message));
    REQUIRE(out);
    return *std::move(out);
}

/// One version of "a" with a value, as it is stored under a revision.
auto revision_of(std::int64_t mod, std::string_view value) -> std::string {
    auto writer = revision_writer();
    writer.add({"a", {.mod = mod, .create = 1, .version = mod}, value});
    return std::string(writer.finish(mod));
}

auto put_bytes(lmdb_file& file, std::int64_t mod, std::string_view bytes) -> result<void> {
    return file.write([&](MDB_txn* txn) {
        auto key = lmdb_file::view(&mod, sizeof mod);
        auto value = lmdb_file::view(bytes);
        return ::mdb_put(txn, file.revisions(), &key, &value, 0);
    });
}

auto revisions_in(lmdb_file const& file) -> std::vector<std::pair<std::int64_t, std::string>> {
    auto out = std::vector<std::pair<std::int64_t, std::string>>{};
    REQUIRE(file.each_revision([&](std::int64_t mod, std::string_view bytes) -> result<void> {
        out.emplace_back(mod, bytes);
        return {};
    }));
    return out;
}

} // namespace

TEST_CASE("revisions are kept in their order, and are there when the file is opened again") {
    auto const below = folder();
    {
        auto const file = opened(below / "store");
        CHECK(file->path() == below / "store");
        CHECK(revisions_in(*file).empty());
        for (auto const mod : {300, 2, 255, 256}) // not the order of their bytes
            REQUIRE(put_bytes(*file, mod, revision_of(mod, std::to_string(mod))));
    }
    auto const file = opened(below / "store");
    auto const found = revisions_in(*file);
    REQUIRE(found.size() == 4);
    CHECK(found[0] == std::pair(std::int64_t{2}, revision_of(2, "2")));
    CHECK(found[1].first == 255);
    CHECK(found[3] == std::pair(std::int64_t{300}, revision_of(300, "300")));
    CHECK(file->verify());
}

TEST_CASE("a visit that fails ends the walk, with its error") {
    auto const below = folder();
    auto const file = opened(below / "store");
    for (auto const mod : {2, 3, 4}) REQUIRE(put_bytes(*file, mod, revision_of(mod, "x")));
    auto seen = 0;
    auto const stopped = file->each_revision([&](std::int64_t, std::string_view) -> result<void> {
        if (++seen == 2) return fail(error_code::internal, "enough");
        return {};
    });
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().message == "enough");
    CHECK(seen == 2);
}

TEST_CASE("a write that is refused leaves nothing, and the map grows as often as it must") {
    auto const below = folder();
    auto const file = opened(below / "store");
    auto const key = std::int64_t{2};
    auto const refused = file->write([&](MDB_txn* txn) {
        auto k = lmdb_file::view(&key, sizeof key);
        auto v = lmdb_file::view("half");
        static_cast<void>(::mdb_put(txn, file->revisions(), &k, &v, 0));
        return MDB_KEYEXIST;
    });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::unavailable);
    CHECK(refused.error().message.find("nothing was written") != std::string::npos);
    CHECK(revisions_in(*file).empty());

    auto const before = file->size();
    auto const large = std::string(std::size_t{1} << 20U, 'x');
    REQUIRE(put_bytes(*file, 2, large));
    REQUIRE(put_bytes(*file, 3, large));
    auto const after = file->size();
    CHECK(before.map_bytes < large.size());
    CHECK(after.map_bytes >= 2 * large.size());
    CHECK(after.used_bytes >= 2 * large.size());
    CHECK(after.file_bytes >= after.used_bytes);
    CHECK(revisions_in(*file)[1].second == large);
    file->make_room();
    CHECK(file->size().map_bytes >= 4 * after.file_bytes);
}

TEST_CASE("how far it is compacted is noted with the revisions") {
    auto const below = folder();
    {
        auto const file = opened(below / "store");
        CHECK(file->compacted() == 0);
        REQUIRE(file->write([&](MDB_txn* txn) { return file->put_compacted(txn, 17); }));
    }
    CHECK(opened(below / "store")->compacted() == 17);
}

TEST_CASE("a revision that is not as it was written is told by its number") {
    auto const below = folder();
    auto const file = opened(below / "store");
    REQUIRE(put_bytes(*file, 2, revision_of(2, "good")));
    auto bad = revision_of(3, "good");
    bad.back() = static_cast<char>(bad.back() ^ 1);
    REQUIRE(put_bytes(*file, 3, bad));
    auto const found = file->verify();
    REQUIRE_FALSE(found);
    CHECK(found.error().code == error_code::internal);
    CHECK(found.error().message == "store: " + (below / "store") + ": revision 3 is damaged");
}

TEST_CASE("a file of somebody else is not taken for a store") {
    auto const below = folder();
    {
        std::filesystem::create_directory(below / "text");
        std::ofstream(below / "text/data.mdb") << std::string(8'192, 'x');
        auto const refused = lmdb_file::open(below / "text", 0);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == error_code::internal);
    }
    {
        std::filesystem::create_directory(below / "other");
        auto* environment = static_cast<MDB_env*>(nullptr);
        auto* txn = static_cast<MDB_txn*>(nullptr);
        auto table = MDB_dbi{};
        REQUIRE(::mdb_env_create(&environment) == MDB_SUCCESS);
        ::mdb_env_set_maxdbs(environment, 2);
        REQUIRE(::mdb_env_open(environment, (below / "other").c_str(), 0, 0644) == MDB_SUCCESS);
        REQUIRE(::mdb_txn_begin(environment, nullptr, 0, &txn) == MDB_SUCCESS);
        REQUIRE(::mdb_dbi_open(txn, "theirs", MDB_CREATE, &table) == MDB_SUCCESS);
        REQUIRE(::mdb_txn_commit(txn) == MDB_SUCCESS);
        ::mdb_env_close(environment);
        auto const refused = lmdb_file::open(below / "other", 0);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == error_code::internal);
        CHECK(refused.error().message.starts_with("store: " + (below / "other") + ": "));
    }
}

TEST_CASE("one process has it at a time, and when the folder goes nothing is acknowledged any more") {
    auto const below = folder();
    auto const file = opened(below / "store");
    auto const second = lmdb_file::open(below / "store", 0);
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("it is in use") != std::string::npos);
    REQUIRE(put_bytes(*file, 2, revision_of(2, "there")));
    std::filesystem::remove_all(below / "store");
    auto const lost = put_bytes(*file, 3, revision_of(3, "nowhere"));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == error_code::unavailable);
    CHECK(lost.error().message == "store: " + (below / "store") + ": the folder is not there any more");
    CHECK(revisions_in(*file).size() == 1); // readers go on
}
