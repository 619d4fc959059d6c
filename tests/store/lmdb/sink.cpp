/// \file
/// What a durable store writes into its file comes back: versions, deletions, leases, and what was purged
/// does not.

#include "../folder.hpp"

#include <berth/core/time.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/detail/memory_state.hpp>
#include <berth/store/detail/record.hpp>
#include <berth/store/detail/record_pool.hpp>
#include <berth/store/lmdb/sink.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::detail;
using tests::folder;
using text_record = record<std::string>;
using text_sink = lmdb_sink<std::string, store::text_codec>;

namespace {

auto sink_in(std::string const& path) -> text_sink {
    auto file = lmdb_file::open(path, 0);
    REQUIRE(file);
    return {*std::move(file), {}};
}

/// Versions with their keys, as a history would hand them over.
class versions {
public:
    versions() = default;
    versions(versions const&) = delete;
    auto operator=(versions const&) -> versions& = delete;
    ~versions() {
        for (auto* const r : records_) r->release();
        for (auto* const k : keys_) k->release();
    }
    auto add(std::string_view key, record_numbers const& numbers, std::string value = {}) -> versions& {
        keys_.push_back(key_text<std::string>::make(key));
        records_.push_back(make_record(*keys_.back(), numbers, std::move(value)));
        return *this;
    }
    [[nodiscard]] auto all() const -> std::span<text_record* const> { return records_; }

private:
    std::vector<key_text<std::string>*> keys_;
    std::vector<text_record*> records_;
};

struct loaded {
    std::unique_ptr<memory_state<std::string>> state = std::make_unique<memory_state<std::string>>();

    [[nodiscard]] auto value(std::string_view key, store::revision_number at) const -> std::string {
        auto const* const found = state->versions.find(key, at);
        return found == nullptr ? "(none)" : found->value;
    }
};

auto load(text_sink& sink) -> loaded {
    auto out = loaded{};
    auto const done = sink.load(*out.state, time_point{});
    INFO((done ? std::string{} : done.error().message));
    REQUIRE(done);
    return out;
}

} // namespace

TEST_CASE("versions come back under their revisions, deletions too") {
    auto const below = folder();
    auto written = versions();
    written.add("a", {.mod = 2, .create = 2, .version = 1}, "one")
        .add("b", {.mod = 2, .create = 2, .version = 1}, "")
        .add("a", {.mod = 3, .create = 2, .version = 2}, "two")
        .add("b", {.mod = 4});
    {
        auto sink = sink_in(below / "store");
        REQUIRE(sink.write(written.all(), {}));
    }
    auto sink = sink_in(below / "store");
    auto const now = load(sink);
    CHECK(now.state->newest == 4);
    CHECK(now.state->oldest == 0);
    CHECK(now.value("a", 2) == "one");
    CHECK(now.value("a", 4) == "two");
    CHECK(now.value("b", 3).empty());
    CHECK(now.value("b", 4) == "(none)");
}

TEST_CASE("leases come back with their whole time, and those that were removed do not") {
    auto const below = folder();
    auto held = versions();
    held.add("a", {.mod = 2, .create = 2, .version = 1, .lease = 7}, "held");
    auto const changes = std::array{lease_change{.id = 7, .ttl = 60}, lease_change{.id = 8, .ttl = 5}};
    auto const removed = std::array{lease_change{.id = 8, .ttl = 0}, lease_change{.id = 99, .ttl = 0}};
    auto sink = sink_in(below / "store");
    REQUIRE(sink.write(held.all(), changes));
    REQUIRE(sink.write({}, removed));
    auto const now = load(sink);
    CHECK(now.state->versions.leases().find(7) != nullptr);
    CHECK(now.state->versions.leases().find(8) == nullptr);
    REQUIRE(now.state->versions.find("a") != nullptr);
    CHECK(now.state->versions.find("a")->lease() == 7);
}

TEST_CASE("what is purged is gone, the rest of its revision is not, and compactions only go forward") {
    auto const below = folder();
    auto written = versions();
    written.add("a", {.mod = 2, .create = 2, .version = 1}, "old")
        .add("b", {.mod = 2, .create = 2, .version = 1}, "stays")
        .add("a", {.mod = 3, .create = 2, .version = 2}, "new");
    auto sink = sink_in(below / "store");
    REQUIRE(sink.write(written.all(), {}));
    REQUIRE(sink.note_compaction(3));
    REQUIRE(sink.note_compaction(2));
    CHECK(sink.file().compacted() == 3);
    REQUIRE(sink.purge({}));
    auto const dead = std::array{dead_version{.mod = 2, .key = "a"}, dead_version{.mod = 9, .key = "never"}};
    REQUIRE(sink.purge(dead));
    auto const now = load(sink);
    CHECK(now.state->oldest == 3);
    CHECK(now.value("a", 3) == "new");
    CHECK(now.value("b", 3) == "stays");

    auto keys = std::vector<std::string>{};
    REQUIRE(sink.file().each_revision([&](std::int64_t mod, std::string_view bytes) -> result<void> {
        auto reader = revision_reader(bytes, mod);
        if (!reader.is_intact()) return fail(error_code::internal, "damaged");
        for (auto v = stored_version{}; reader.next(v);)
            keys.push_back(std::to_string(mod) + std::string(v.key));
        return {};
    }));
    CHECK(keys == std::vector<std::string>{"2b", "3a"});
    auto const last = std::array{dead_version{.mod = 2, .key = "b"}};
    REQUIRE(sink.purge(last));
    CHECK(load(sink).value("b", 3) == "(none)");
}

TEST_CASE("what cannot be what was written is refused with its place") {
    auto const below = folder();
    auto sink = sink_in(below / "store");
    auto const store_bytes = [&](std::int64_t number, std::string_view bytes, MDB_dbi table) {
        REQUIRE(sink.file().write([&](MDB_txn* txn) {
            auto key = lmdb_file::view(&number, sizeof number);
            auto value = lmdb_file::view(bytes);
            return ::mdb_put(txn, table, &key, &value, 0);
        }));
    };
    SECTION("a revision") {
        store_bytes(5, "not a revision", sink.file().revisions());
        auto state = memory_state<std::string>();
        auto const done = sink.load(state, time_point{});
        REQUIRE_FALSE(done);
        CHECK(done.error().code == error_code::internal);
        CHECK(done.error().message == "store: " + (below / "store") + ": revision 5 is damaged");
    }
    SECTION("a lease") {
        store_bytes(5, "x", sink.file().leases());
        auto state = memory_state<std::string>();
        CHECK(sink.load(state, time_point{}).error().message ==
              "store: " + (below / "store") + ": lease 5 is damaged");
    }
}
