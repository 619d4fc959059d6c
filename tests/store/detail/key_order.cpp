/// \file
/// The sorted index and the hash index agree with a `std::set` under any insertions and removals.

#include <berth/core/random.hpp>
#include <berth/store/detail/key_order.hpp>
#include <berth/store/detail/key_table.hpp>
#include <berth/store/detail/record_pool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <iterator>
#include <map>
#include <string>
#include <string_view>

using namespace berth::store;
using key_type = detail::key_text<int>;

namespace {

/// Both indexes, and what they must contain; keys with an odd number count as existing.
struct indexes {
    detail::key_order<int> order;
    detail::key_table<int> table;
    std::map<std::string, key_type*> expected;
    berth::random_engine draw{42};

    indexes() = default;
    indexes(indexes const&) = delete;
    auto operator=(indexes const&) -> indexes& = delete;
    ~indexes() {
        for (auto const& [text, key] : expected) drop(*key);
    }

    static auto exists(key_type const& key) -> bool { return key.newest != nullptr; }
    static auto drop(key_type& key) -> void {
        if (key.newest != nullptr) key.newest->release();
        key.release();
    }

    auto add(std::string const& text, bool existing) -> void {
        if (expected.contains(text)) return;
        auto* const key = key_type::make(text);
        table.insert(*key);
        order.insert(*key);
        if (existing) {
            key->newest = detail::make_record(*key, {.mod = 1, .create = 1, .version = 1}, 0);
            order.count_existing(*key, +1);
        }
        expected.emplace(text, key);
    }
    auto remove(std::map<std::string, key_type*>::iterator i) -> void {
        auto& key = *i->second;
        if (exists(key)) order.count_existing(key, -1);
        order.erase(key);
        table.erase(key);
        expected.erase(i);
        drop(key);
    }

    auto check_contents() const -> void {
        auto p = order.seek("");
        for (auto const& [text, key] : expected) {
            REQUIRE(!order.is_end(p));
            REQUIRE(&order.at(p) == key);
            REQUIRE(table.find(text) == key);
            p = order.next(p);
        }
        REQUIRE(order.is_end(p));
        REQUIRE(table.size() == expected.size());
    }
    auto check_range(std::string const& begin, std::string const& end) const -> void {
        auto const keys = key_range{begin, end};
        auto count = std::int64_t{0};
        auto const first = expected.lower_bound(begin);
        for (auto i = first; i != expected.end() && keys.contains(i->first); ++i)
            count += exists(*i->second) ? 1 : 0;
        REQUIRE(order.count(keys, exists) == count);
        auto const p = order.seek(begin);
        REQUIRE((first == expected.end()) == order.is_end(p));
        if (first != expected.end()) REQUIRE(&order.at(p) == first->second);
    }
};

auto text_of(std::uint64_t n) -> std::string { return "k" + std::to_string(n); }

} // namespace

TEST_CASE("the indexes agree with a sorted map while keys come and go at random", "[store]") {
    auto both = indexes{};
    for (auto phase = 0; phase < 6; ++phase) {
        auto const growing = phase % 2 == 0;
        for (auto i = 0; i < 2'000; ++i) {
            if (both.draw.below(4) != (growing ? 0U : 1U) && growing) {
                both.add(text_of(both.draw.below(5'000)), both.draw.below(2) == 0);
            } else if (!both.expected.empty()) {
                auto const i2 = both.expected.lower_bound(text_of(both.draw.below(5'000)));
                both.remove(i2 != both.expected.end() ? i2 : both.expected.begin());
            }
        }
        both.check_contents();
        for (auto i = 0; i < 200; ++i) {
            both.check_range(text_of(both.draw.below(5'000)), text_of(both.draw.below(5'000)));
            both.check_range(text_of(both.draw.below(5'000)), std::string{unbounded});
        }
        CHECK(both.table.find("nothing") == nullptr);
    }
}

TEST_CASE("the indexes take keys in ascending and in descending order", "[store]") {
    auto both = indexes{};
    for (auto i = 0U; i < 2'000; ++i) both.add(text_of(10'000 + i), true);
    for (auto i = 2'000U; i > 0; --i) both.add(text_of(30'000 + i), true);
    both.check_contents();
    both.check_range("k", "l");
    while (!both.expected.empty()) both.remove(std::prev(both.expected.end()));
    both.check_contents();
}
