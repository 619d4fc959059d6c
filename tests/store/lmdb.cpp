/// \file
/// The durable store obeys the laws, and everything that it acknowledged is there when it is opened again.

#include "judge.hpp"
#include "lmdb/maker.hpp"

#include <berth/core/random.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using tests::folder;
namespace laws = berth::store::laws;
using harbour::judge;

namespace {

/// Everything that can be read of a store.
struct picture {
    store::revision_number revision = 0;
    store::revision_number compacted = 0;
    std::vector<store::range_reply<std::string>> states{};
    std::vector<store::event<std::string>> events{};
    std::vector<store::lease_status> leases{};

    auto operator==(picture const&) const -> bool = default;
};

template <class Store> auto picture_of(Store& s) -> picture {
    auto out = picture{.revision = s.revision(), .compacted = s.compacted()};
    for (auto at = std::max<store::revision_number>(out.compacted, 1); at <= out.revision; ++at)
        out.states.push_back(s.range(laws::everything(at)).value());
    auto c =
        s.watch(laws::watch_everything(std::max<store::revision_number>(out.compacted, 1), true)).value();
    for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value())
        out.events.insert(out.events.end(), seen.begin(), seen.end());
    auto const ids = s.leases().value();
    for (auto const id : ids) {
        out.leases.push_back(s.time_to_live(id, true).value());
        out.leases.back().ttl = 0;
    }
    return out;
}

/// Some random life: puts, deletions of ranges, transactions, leases, compactions.
template <class Store> auto live(Store& s, std::uint64_t seed, int steps) -> void {
    auto source = laws::request_source<tests::lmdb_maker>{tests::lmdb_maker{}, seed};
    for (auto i = 0; i < steps; ++i) {
        static_cast<void>(store::commit_one(s, source.transaction(s.revision(), 2)));
        if (source.chance(9)) {
            auto const lease = s.grant({.ttl = 60});
            static_cast<void>(store::put(s, store::put_request<std::string>{
                                                .key = source.key(), .value = "held", .lease = lease->id}));
        }
        if (source.chance(20)) {
            auto const ids = s.leases().value();
            if (!ids.empty()) static_cast<void>(s.revoke(ids[source.draw.below(ids.size())]));
        }
        if (source.chance(30)) static_cast<void>(s.compact(source.revision(s.revision())));
    }
}

auto write_file(std::string const& path, std::string const& text) -> void {
    std::ofstream(path, std::ios::binary) << text;
}
auto read_file(std::string const& path) -> std::string {
    auto in = std::ifstream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("a durable store is a versioned store", "[store][laws]") {
    laws::sequential(tests::lmdb_maker{}, judge, {.histories = 30, .steps = 120, .depth = 3});
}

TEST_CASE("a durable store is one for many threads", "[store][laws][threads]") {
    laws::concurrency(tests::lmdb_maker{}, judge);
}

TEST_CASE("a store that is opened again is what it was", "[store]") {
    for (auto seed = std::uint64_t{1}; seed <= 20; ++seed) {
        auto const home = folder{};
        auto before = picture{};
        {
            auto s = store::lmdb::open(home.path()).value();
            live(s, seed, 150);
            before = picture_of(s);
        }
        auto s = store::lmdb::open(home.path()).value();
        auto const after = picture_of(s);
        INFO("seed " << seed);
        CHECK(after.revision == before.revision);
        CHECK(after.compacted == before.compacted);
        CHECK(after.states == before.states);
        CHECK(after.events.size() == before.events.size());
        CHECK(after.leases == before.leases);
        live(s, seed + 100, 50);
    }
}

TEST_CASE("a directory is in use by one store at a time", "[store]") {
    auto const home = folder{};
    {
        auto s = store::lmdb::open(home.path()).value();
        auto const second = store::lmdb::open(home.path());
        REQUIRE(!second);
        CHECK(second.error().code == error_code::unavailable);
        CHECK(second.error().message.find(": it is in use by process ") != std::string::npos);
        auto moved = std::move(s);
        CHECK(!store::lmdb::open(home.path()));
        CHECK(store::put(moved, "a", "1"));
    }
    auto s = store::lmdb::open(home.path());
    REQUIRE(s);
    CHECK(store::get(*s, "a")->value() == "1");
}

TEST_CASE("a store whose folder was removed refuses to write what nobody would find", "[store]") {
    auto const home = folder{};
    auto s = store::lmdb::open(home / "store").value();
    REQUIRE(store::put(s, "a", "1"));
    std::filesystem::remove_all(home / "store");
    auto const lost = store::put(s, "a", "2");
    REQUIRE(!lost);
    CHECK(lost.error().code == error_code::unavailable);
    CHECK(lost.error().message == "store: " + (home / "store") + ": the folder is not there any more");
    CHECK(!s.grant({.ttl = 10}));
    CHECK(store::get(s, "a")->value() == "1");
    CHECK(s.revision() == 2);
}

TEST_CASE("what cannot be a store's directory is said", "[store]") {
    auto const home = folder{};
    auto const refused = [](std::string const& path, std::string_view words) {
        auto const opened = store::lmdb::open(path);
        REQUIRE(!opened);
        INFO(opened.error().message);
        CHECK(opened.error().message.find(words) != std::string::npos);
        CHECK(opened.error().message.find("store: " + path) == 0);
    };
    CHECK(store::lmdb::open("").error().code == error_code::bad_request);
    refused(home / "no/such/parent", "it cannot be made: No such file or directory");
    write_file(home / "file", "x");
    refused(home / "file", "it cannot be opened as a directory: Not a directory");
    refused("/proc", "it cannot be written");
}

TEST_CASE("a foreign or damaged file is refused and left as it is", "[store]") {
    auto const refused = [](std::string const& content, std::string_view words) {
        auto const home = folder{};
        write_file(home / "data.mdb", content);
        auto const opened = store::lmdb::open(home.path());
        REQUIRE(!opened);
        INFO(opened.error().message);
        CHECK(opened.error().code == error_code::internal);
        CHECK(opened.error().message.find(words) != std::string::npos);
        CHECK(read_file(home / "data.mdb") == content);
    };
    refused("this is not a database", "damaged or not a file of LMDB");
    refused(std::string(100'000, '\0'), "damaged or not a file of LMDB");
    refused(std::string(100'000, '\xff'), "damaged or not a file of LMDB");

    auto good = std::string{};
    {
        auto const home = folder{};
        {
            auto s = store::lmdb::open(home.path()).value();
            for (auto i = 0; i < 500; ++i)
                REQUIRE(store::put(s, "k" + std::to_string(i), std::string(500, 'v')));
            REQUIRE(store::put(s, "k", "unique"));
        }
        good = read_file(home / "data.mdb");
    }
    refused(good.substr(0, 30'000), "is cut short");
    auto flipped = good; // wherever a copy of this value is, also in pages that are free
    for (auto at = flipped.find("unique"); at != std::string::npos; at = flipped.find("unique"))
        flipped[at] = 'U';
    refused(flipped, "revision 502 is damaged");
}

TEST_CASE("another program's database is refused", "[store]") {
    auto const home = folder{};
    auto* environment = static_cast<MDB_env*>(nullptr);
    REQUIRE(::mdb_env_create(&environment) == 0);
    REQUIRE(::mdb_env_open(environment, home.path().c_str(), 0, 0644) == 0);
    auto* txn = static_cast<MDB_txn*>(nullptr);
    auto table = MDB_dbi{};
    REQUIRE(::mdb_txn_begin(environment, nullptr, 0, &txn) == 0);
    REQUIRE(::mdb_dbi_open(txn, nullptr, 0, &table) == 0);
    auto word = store::detail::lmdb_file::view(std::string_view{"word"});
    REQUIRE(::mdb_put(txn, table, &word, &word, 0) == 0);
    REQUIRE(::mdb_txn_commit(txn) == 0);
    ::mdb_env_close(environment);
    auto const opened = store::lmdb::open(home.path());
    REQUIRE(!opened);
    CHECK(opened.error().message.find("not of a store of this format") != std::string::npos);
}

TEST_CASE("compaction gives space back, and the file stops growing", "[store]") {
    auto const home = folder{};
    auto s = store::lmdb::open(home.path()).value();
    auto const round = [&] {
        for (auto i = 0; i < 4'000; ++i)
            REQUIRE(store::put(s, "k" + std::to_string(i % 50), std::string(1'000, 'v')));
        REQUIRE(s.compact(s.revision()));
    };
    round();
    CHECK(s.size().used_bytes < 500'000);
    round();
    auto const size = s.size().file_bytes;
    CHECK(size > 4'000'000);
    for (auto i = 0; i < 4; ++i) round();
    CHECK(s.size().file_bytes <= size + size / 4);
    CHECK(s.range(laws::everything()).value().count == 50);
}

TEST_CASE("a backup is a store as it was at one moment, while others write", "[store][threads]") {
    auto const home = folder{};
    auto const away = folder{};
    auto s = store::lmdb::open(home / "store", {.map_bytes = std::size_t{1} << 20U}).value();
    for (auto i = 0; i < 2'000; ++i) REQUIRE(store::put(s, "k" + std::to_string(i), std::string(300, 'v')));
    auto stop = std::atomic<bool>{false};
    auto writer = std::jthread([&] {
        for (auto i = 0; !stop.load(); ++i) { // both always change together
            auto t = store::txn<std::string>{};
            for (auto const* key : {"a", "z"})
                t.then.emplace_back(store::put_request<std::string>{.key = key, .value = std::to_string(i)});
            static_cast<void>(store::commit_one(s, t));
        }
    });
    for (auto i = 0; i < 5; ++i) {
        auto const target = away / ("backup" + std::to_string(i));
        auto const least = s.revision();
        REQUIRE(s.backup(target));
        auto copy = store::lmdb::open(target).value();
        CHECK(copy.revision() >= least);
        CHECK(store::get(copy, "a")->value() == store::get(copy, "z")->value());
        CHECK(copy.range({.key = "k", .range_end = "l"})->count == 2'000);
    }
    stop = true;
    writer.join();
    CHECK(s.backup(away / "backup0").error().message.find("it is not empty") != std::string::npos);

    REQUIRE(s.backup(away / "last"));
    REQUIRE(store::restore_lmdb(away / "last", away / "again"));
    auto again = store::lmdb::open(away / "again").value();
    CHECK(again.revision() == s.revision());
    CHECK(again.range(laws::everything()).value() == s.range(laws::everything()).value());
    CHECK(!store::restore_lmdb(away / "last", away / "again"));
    CHECK(store::restore_lmdb(away / "nothing", away / "x").error().message.find("there is no backup") !=
          std::string::npos);
}

TEST_CASE("leases outlive their store with their whole time", "[store]") {
    auto const home = folder{};
    auto const clock = sim::virtual_clock{};
    {
        auto s = store::lmdb::open(home.path(), {.memory = {.clock = clock}}).value();
        REQUIRE(s.grant({.ttl = 10, .id = 7}));
        REQUIRE(s.grant({.ttl = 10, .id = 8}));
        REQUIRE(store::put(s, store::put_request<std::string>{.key = "a", .value = "1", .lease = 7}));
        REQUIRE(s.revoke(8));
        clock.advance(seconds(9));
    }
    auto s = store::lmdb::open(home.path(), {.memory = {.clock = clock}}).value();
    CHECK(s.leases().value() == std::vector<store::lease_id>{7});
    CHECK(s.time_to_live(7, true).value() == store::lease_status{7, 10, 10, {"a"}});
    clock.advance(seconds(9));
    CHECK(s.expire().value() == seconds(1));
    CHECK(store::get(s, "a").value());
    clock.advance(seconds(1));
    CHECK(s.expire().value() == std::nullopt);
    CHECK(!store::get(s, "a").value());
    CHECK(s.revision() == 3);
}

TEST_CASE("values of any type can be kept", "[store]") {
    struct numbers {
        static auto encode(int const& n, std::string& out) -> void { out += std::to_string(n); }
        static auto decode(std::string_view key, std::string_view bytes) -> result<int> {
            if (bytes == "13") return fail(error_code::internal, std::string{key} + " is thirteen");
            return std::stoi(std::string{bytes});
        }
    };
    auto const home = folder{};
    {
        auto s = store::basic_lmdb<int, numbers>::open(home.path()).value();
        REQUIRE(store::put(s, "a", 5));
        REQUIRE(store::erase(s, "a"));
        REQUIRE(store::put(s, "a", 6));
    }
    {
        auto s = store::basic_lmdb<int, numbers>::open(home.path()).value();
        CHECK(store::get(s, "a")->value() == 6);
        CHECK(store::get(s, "a", 2)->value() == 5);
        REQUIRE(store::put(s, "b", 13));
    }
    CHECK(store::basic_lmdb<int, numbers>::open(home.path()).error().message == "b is thirteen");
}

TEST_CASE("its size can be asked for while its map grows", "[store][threads]") {
    auto const home = folder{};
    auto s = store::lmdb::open(home.path(), {.map_bytes = std::size_t{1} << 20U}).value();
    auto stop = std::atomic<bool>{false};
    auto greatest = std::size_t{0};
    auto watcher = std::jthread([&] {
        while (!stop.load()) greatest = std::max(greatest, s.size().map_bytes);
    });
    for (auto i = 0; i < 3'000; ++i) REQUIRE(store::put(s, "k" + std::to_string(i), std::string(4'000, 'v')));
    stop = true;
    watcher.join();
    CHECK(s.size().map_bytes >= greatest);
    CHECK(s.size().map_bytes > 3'000 * 4'000);
}
