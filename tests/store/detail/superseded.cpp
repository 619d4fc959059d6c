/// \file
/// Superseded versions that are kept as differences read as they were written, at every revision and by every
/// way there is.

#include "../foldable.hpp"
#include "../folder.hpp"
#include "../lmdb/maker.hpp"

#include <berth/core/random.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::tests;

namespace {

using texts = store::memory<foldable>;
static_assert(sizeof(store::detail::record<foldable>) == sizeof(store::detail::record<std::string>));
using revision = store::revision_number;

auto everything(revision start = 0) -> store::watch_request {
    return {.range_end = std::string{store::unbounded}, .start = start, .want_previous = true};
}
auto all_at(revision at) -> store::range_request {
    return {
        .key = std::string{store::smallest_key}, .range_end = std::string{store::unbounded}, .revision = at};
}
auto text_of(int n) -> std::string { return "the value of a key, number " + std::to_string(n); }

/// Writes a key so many times.
auto write(texts& s, std::string_view key, int times) -> void {
    for (auto n = 1; n <= times; ++n) REQUIRE(store::put(s, std::string{key}, foldable(text_of(n))));
}
auto value_at(texts const& s, std::string const& key, revision at) -> std::string {
    auto const found = s.range({.key = key, .revision = at}).value();
    return found.kvs.empty() ? "nothing" : found.kvs.front().value().text;
}

/// What a store should tell: the pairs of each revision, and what each of them has changed.
struct chronicle {
    using pairs = std::map<std::string, std::string>;
    std::map<revision, pairs> states{{1, {}}};

    [[nodiscard]] auto now() const -> pairs const& { return states.rbegin()->second; }
    auto note(revision at, pairs next) -> void { states[at] = std::move(next); }

    /// Whether a store has the same pairs at each revision that it can read.
    [[nodiscard]] auto is_told_by(auto const& s) const -> bool {
        for (auto const& [at, wanted] : states) {
            if (at < s.compacted()) continue;
            auto const seen = s.range(all_at(at)).value();
            auto found = pairs();
            for (auto const& kv : seen.kvs) found[std::string{kv.key()}] = kv.value().text;
            if (found != wanted || seen.kvs.size() != wanted.size()) return false;
        }
        return true;
    }
    /// Whether a watch from a revision tells the same, what was there before included.
    [[nodiscard]] auto is_watched(auto& s, revision start) const -> bool {
        auto c = s.watch(everything(start)).value();
        auto at = states.find(start - 1);
        auto state = at == states.end() ? pairs() : at->second;
        for (auto batch = c.next(7).value(); !batch.empty(); batch = c.next(7).value()) {
            for (auto const& e : batch) {
                auto const key = std::string{e.kv.key()};
                auto const before = state.find(key);
                auto const known = e.previous ? std::optional(e.previous.value().text) : std::nullopt;
                auto const wanted =
                    before != state.end() ? std::optional(before->second) : std::optional<std::string>();
                if (e.kv.mod_revision() > std::max(start, s.compacted()) && known != wanted) return false;
                if (e.type == store::event_type::put) state[key] = e.kv.value().text;
                else state.erase(key);
            }
        }
        return state == now();
    }
};

/// Changes a store at random, and notes it.
class author {
public:
    explicit author(std::uint64_t seed) : draw_(seed) {}

    auto step(auto& s) -> void {
        auto next = log.now();
        auto t = store::txn<foldable>{};
        for (auto const* key : {"a", "b", "c", "d"}) {
            if (draw_.below(3) != 0) continue;
            if (draw_.below(8) == 0) {
                next.erase(key);
                t.then.emplace_back(store::erase_request{.key = key});
            } else {
                auto const value = draw_.below(10) == 0 ? "!" + std::to_string(draw_.below(9))
                                                        : text_of(static_cast<int>(draw_.below(40)));
                next[key] = value;
                t.then.emplace_back(store::put_request<foldable>{.key = key, .value = foldable(value)});
            }
        }
        auto const before = s.revision();
        REQUIRE(store::commit_one(s, t));
        if (s.revision() > before) log.note(s.revision(), std::move(next));
    }
    auto check(auto& s) -> void {
        REQUIRE(log.is_told_by(s));
        for (auto const& [at, state] : log.states) {
            if (at > s.compacted() && draw_.below(8) == 0) REQUIRE(log.is_watched(s, at));
        }
    }
    auto below(std::size_t n) -> std::size_t { return draw_.below(n); }

    chronicle log;

private:
    random_engine draw_;
};

/// Texts as bytes on a disk.
struct foldable_codec {
    static auto encode(foldable const& value, std::string& out) -> void { out += value.text; }
    static auto decode(std::string_view /*key*/, std::string_view bytes) -> result<foldable> {
        return foldable(std::string{bytes});
    }
};

} // namespace

TEST_CASE("all but every sixteenth version of a key is put aside, and the newest", "[store]") {
    {
        auto s = texts({.whole_changes = 0});
        write(s, "a", 100);
        CHECK(foldable::kept == 100 - 1 - 100 / 16);
        for (auto n = 1; n <= 100; ++n) CHECK(value_at(s, "a", n + 1) == text_of(n));
    }
    CHECK(foldable::kept == 0);
}

TEST_CASE("what was replaced lately is kept whole, and shared by its readers", "[store]") {
    auto s = texts({.whole_changes = 10});
    write(s, "a", 30);
    CHECK(foldable::kept == 30 - 1 - 10 - 1);
    auto const made = foldable::made.load();
    auto const one = s.range({.key = "a", .revision = 25}).value();
    auto const other = s.range({.key = "a", .revision = 25}).value();
    CHECK(&one.kvs.front().value() == &other.kvs.front().value());
    CHECK(foldable::made == made);
    auto const old = s.range({.key = "a", .revision = 5}).value();
    CHECK(old.kvs.front().value().text == text_of(4));
    CHECK(old.kvs.front().version() == 4);
    CHECK(old.kvs.front().create_revision() == 2);
    CHECK(old.kvs.front().mod_revision() == 5);
    CHECK(foldable::made == made + 1);
}

TEST_CASE("of 1,024 changes a store keeps whole what they replaced unless told otherwise", "[store]") {
    auto s = texts();
    write(s, "a", 1'025);
    CHECK(foldable::kept == 0);
    write(s, "b", 2);
    CHECK(foldable::kept == 2);
}

TEST_CASE("a version that a reader has stays whole", "[store]") {
    auto s = texts({.whole_changes = 2});
    auto c = s.watch(everything()).value();
    write(s, "a", 3);
    auto const held = c.next().value();
    auto const* const value = &held[1].kv.value();
    write(s, "b", 10);
    CHECK(value->text == text_of(2));
    auto const again = s.range({.key = "a", .revision = 3}).value();
    CHECK(&again.kvs.front().value() == value);
    CHECK(value_at(s, "a", 2) == text_of(1));
}

TEST_CASE("a version of which no difference can be made stays whole", "[store]") {
    auto s = texts({.whole_changes = 0});
    foldable::out_of_memory = true;
    write(s, "a", 5);
    foldable::out_of_memory = false;
    write(s, "b", 5);
    REQUIRE(store::put(s, "c", foldable("!")));
    REQUIRE(store::put(s, "c", foldable("x")));
    CHECK(foldable::kept == 4);
    for (auto n = 1; n <= 5; ++n) CHECK(value_at(s, "a", n + 1) == text_of(n));
    CHECK(value_at(s, "c", 12) == "!");
}

TEST_CASE("the last version before a deletion stays whole, and so does a new life's first", "[store]") {
    auto s = texts({.whole_changes = 0});
    write(s, "a", 2);
    REQUIRE(store::erase(s, "a"));
    write(s, "a", 1);
    REQUIRE(store::erase(s, "a"));
    CHECK(foldable::kept == 1);
    CHECK(value_at(s, "a", 2) == text_of(1));
    CHECK(value_at(s, "a", 3) == text_of(2));
    CHECK(value_at(s, "a", 4) == "nothing");
    CHECK(value_at(s, "a", 5) == text_of(1));
    REQUIRE(s.compact(6));
    CHECK(foldable::kept == 0);
}

TEST_CASE("versions with a lease are put aside too, and keep it", "[store]") {
    auto s = texts({.whole_changes = 0});
    auto const lease = s.grant({.ttl = 100}).value().id;
    for (auto n = 1; n <= 3; ++n) {
        auto put = store::put_request<foldable>{.key = "a", .value = foldable(text_of(n))};
        put.lease = lease;
        REQUIRE(s.put(put));
    }
    CHECK(foldable::kept == 2);
    auto const old = s.range({.key = "a", .revision = 2}).value();
    CHECK(old.kvs.front().lease() == lease);
    CHECK(old.kvs.front().value().text == text_of(1));
}

TEST_CASE("keys and counts of the past need no values", "[store]") {
    auto s = texts({.whole_changes = 0});
    write(s, "a", 5);
    write(s, "b", 5);
    auto const made = foldable::made.load();
    auto request = all_at(4);
    request.keys_only = true;
    CHECK(s.range(request).value().kvs.front().version() == 3);
    request.count_only = true;
    CHECK(s.range(request).value().count == 1);
    CHECK(foldable::made == made);
}

TEST_CASE("a whole watch resumed from the past is linear in its events", "[store]") {
    auto s = texts({.whole_changes = 0});
    write(s, "a", 20'000);
    auto c = s.watch({.key = "a", .start = 1}).value();
    auto seen = 0;
    for (auto batch = c.next().value(); !batch.empty(); batch = c.next().value()) {
        for (auto const& e : batch) REQUIRE(e.kv.value().text == text_of(++seen));
    }
    CHECK(seen == 20'000);
}

TEST_CASE("watchers that are equally far behind share what is made anew, until it is compacted", "[store]") {
    auto s = texts({.whole_changes = 0});
    for (auto n = 1; n <= 50; ++n) {
        auto both = store::txn<foldable>{};
        for (auto const* key : {"a", "b"})
            both.then.emplace_back(store::put_request<foldable>{.key = key, .value = foldable(text_of(n))});
        REQUIRE(store::commit_one(s, both));
    }
    auto const seen_by = [&](std::string key) {
        return s.watch({.key = std::move(key), .start = 1, .want_previous = true}).value().next().value();
    };
    auto const made = foldable::made.load();
    auto const one = seen_by("a");
    CHECK(foldable::made == made + 50 - 1 - 50 / 16);
    auto const other = seen_by("a");
    CHECK(foldable::made == made + 50 - 1 - 50 / 16);
    for (auto n = std::size_t{0}; n < 50; ++n) {
        REQUIRE(one[n].kv.value().text == text_of(static_cast<int>(n) + 1));
        REQUIRE(&one[n].kv.value() == &other[n].kv.value());
        if (n > 0) REQUIRE(&one[n].previous.value() == &one[n - 1].kv.value());
    }
    auto const another = seen_by("b"); // of the same revisions
    for (auto n = std::size_t{0}; n < 50; ++n) {
        REQUIRE(another[n].kv.key() == "b");
        REQUIRE(another[n].kv.value().text == text_of(static_cast<int>(n) + 1));
    }
    auto const before = foldable::made.load();
    REQUIRE(s.compact(3));
    auto c = s.watch({.key = "b", .start = 10}).value();
    CHECK(c.next()->size() == 42);
    CHECK(foldable::made > before);
}

TEST_CASE("random histories read as they were written, whatever is compacted between", "[store]") {
    for (auto seed = std::uint64_t{1}; seed <= 6; ++seed) {
        auto s = texts({.whole_changes = seed % 3 * 5});
        auto writer = author(seed);
        for (auto n = 0; n < 600; ++n) {
            writer.step(s);
            if (n % 100 == 99) writer.check(s);
            if (n % 150 == 120) REQUIRE(s.compact(s.revision() - static_cast<revision>(writer.below(100))));
        }
        CHECK(foldable::kept > 20);
        REQUIRE(s.compact(s.revision()));
        writer.check(s);
        CHECK(foldable::kept == 0);
    }
}

TEST_CASE("a write that is undone leaves a version that can be superseded anew", "[store]") {
    auto s = texts({.whole_changes = 0});
    auto writer = author(11);
    auto failing = store::txn<foldable>{};
    for (auto const* key : {"a", "b"})
        failing.then.emplace_back(store::put_request<foldable>{.key = key, .value = foldable("undone")});
    failing.then.emplace_back(store::erase_request{.key = "c"});
    failing.then.emplace_back(store::put_request<foldable>{.key = "d", .value = foldable("never")});
    for (auto n = 0; n < 300; ++n) {
        writer.step(s);
        foldable::no_copies = true;
        CHECK_THROWS_AS(s.commit(std::span{&failing, 1}), std::bad_alloc);
        foldable::no_copies = false;
    }
    writer.check(s);
    CHECK(foldable::kept > 20);
}

TEST_CASE("a store on disk puts aside as well, and again when it is opened", "[store]") {
    auto const options = store::lmdb_options{.memory = {.whole_changes = 3}};
    using durable = store::basic_lmdb<foldable, foldable_codec>;
    auto place = folder{};
    auto writer = author(7);
    for (auto round = 0; round < 3; ++round) {
        auto s = durable::open(place / "store", options).value();
        CHECK((foldable::kept > 0) == (round > 0));
        if (round > 0) writer.check(s);
        for (auto n = 0; n < 60; ++n) writer.step(s);
        writer.check(s);
        CHECK(foldable::kept > 20);
        REQUIRE(s.compact(s.revision() - 40));
        writer.check(s);
    }
    CHECK(foldable::kept == 0);
}

TEST_CASE("a cursor reads what was put aside after its store is gone", "[store]") {
    auto c = std::optional<texts::cursor>{};
    {
        auto s = texts({.whole_changes = 0});
        c = s.watch(everything()).value();
        write(s, "a", 20);
    }
    auto const seen = c->next().value();
    REQUIRE(seen.size() == 20);
    for (auto n = 0; n < 20; ++n) {
        auto const& e = seen[static_cast<std::size_t>(n)];
        CHECK(e.kv.value().text == text_of(n + 1));
        if (n > 0) CHECK(e.previous.value().text == text_of(n));
    }
    c.reset();
    CHECK(foldable::kept == 0);
}

TEST_CASE("readers of the past meet versions that are being put aside", "[store][threads]") {
    auto s = texts({.whole_changes = 4});
    auto ended = std::atomic<bool>(false);
    auto wrong = std::atomic<int>(0);
    auto read = std::atomic<int>(0);
    auto const judge = [&](store::key_value<foldable> const& kv) {
        ++read;
        if (kv.value().text != text_of(static_cast<int>(kv.version()))) ++wrong;
    };
    auto readers = std::vector<std::thread>();
    for (auto n = std::uint64_t{0}; n < 2; ++n) {
        readers.emplace_back([&, n] {
            auto draw = random_engine(n);
            auto held = std::vector<store::key_value<foldable>>();
            while (!ended) {
                auto const back = static_cast<revision>(draw.below(60));
                auto const seen = s.range(all_at(std::max<revision>(s.revision() - back, 1)));
                if (!seen) continue;
                for (auto const& kv : seen->kvs) judge(kv);
                if (held.size() > 50) held.clear();
                held.insert(held.end(), seen->kvs.begin(), seen->kvs.end());
            }
            for (auto const& kv : held) judge(kv);
        });
    }
    auto const follow = [&] {
        while (!ended) {
            auto c = s.watch(everything(std::max<revision>(s.revision() - 40, s.compacted() + 1)));
            if (!c) continue;
            for (auto batch = c->next(5); batch && !batch->empty(); batch = c->next(5)) {
                for (auto const& e : *batch) {
                    judge(e.kv);
                    if (e.previous) judge(e.previous);
                }
            }
        }
    };
    for (auto n = 0; n < 2; ++n) readers.emplace_back(follow);
    auto draw = random_engine(9);
    auto versions = std::map<std::string, int>();
    for (auto n = 0; n < 4'000; ++n) {
        auto const key = std::string(1, static_cast<char>('a' + draw.below(5)));
        REQUIRE(store::put(s, key, foldable(text_of(++versions[key]))));
        if (n % 500 == 499) REQUIRE(s.compact(s.revision() - 100));
    }
    ended = true;
    for (auto& r : readers) r.join();
    CHECK(wrong == 0);
    CHECK(read > 0);
}
