/// \file
/// A range of a store as a view: page by page, of one revision, and an error as the end.

#include "folder.hpp"

#include <berth/store/lmdb.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/views.hpp>
#include <berth/store/with_faults.hpp>

#include <catch2/catch_test_macros.hpp>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using text_store = store::memory<std::string>;
using texts = std::vector<std::string>;

static_assert(ranges::input_range<store::store_range_view<text_store>>);
static_assert(ranges::view_<store::store_range_view<text_store>>);

namespace {

constexpr auto key_of = [](auto const& kv) { return std::string{kv.key()}; };

/// All keys from "k0" on.
auto all_keys(std::int64_t page = 0) -> store::range_request {
    return {.key = "k", .range_end = store::prefix_end("k"), .limit = page};
}
template <class S> auto fill(S& s, int n) -> texts {
    auto out = texts{};
    for (auto i = 0; i < n; ++i) {
        out.push_back("k" + std::to_string(i + 1000));
        REQUIRE(store::put(s, out.back(), std::to_string(i)));
    }
    REQUIRE(store::put(s, "z", "beyond"));
    return out;
}
template <class S> auto reads_all_pages(S& s) -> void {
    auto const keys = fill(s, 25);
    for (auto const page : {1, 7, 25, 26, 0}) {
        auto seen = store::range_view(s, all_keys(page));
        CHECK((seen | ranges::views::transform(key_of) | ranges::to<std::vector>()) == keys);
        CHECK(seen.outcome());
        CHECK(seen.revision() == s.revision());
    }
}

/// Counts how often it is asked for a range.
struct counting : text_store {
    int* asked;

    explicit counting(int& n) : asked(&n) {}
    [[nodiscard]] auto range(store::range_request const& r) const {
        ++*asked;
        return text_store::range(r);
    }
};

} // namespace

TEST_CASE("a view of a range gives all its pairs, whatever the pages", "[store]") {
    auto s = text_store();
    reads_all_pages(s);
}

TEST_CASE("a view of a range on a disk gives all its pairs", "[store][lmdb]") {
    auto const folder = tests::folder();
    auto s = store::lmdb::open(folder.path() + "/store").value();
    reads_all_pages(s);
}

TEST_CASE("a view reads no more pages than it is asked for", "[store]") {
    auto asked = 0;
    auto s = counting(asked);
    fill(s, 25);
    auto seen = store::range_view(s, all_keys(7));
    CHECK(asked == 0);
    auto const even = [](auto const& kv) { return std::stoi(kv.value()) % 2 == 0; };
    auto const found = seen | ranges::views::filter(even) | ranges::views::transform(key_of) |
                       ranges::views::take(3) | ranges::to<std::vector>();
    CHECK(found == texts{"k1000", "k1002", "k1004"});
    CHECK(asked == 1);
    CHECK(seen.outcome());
    auto three =
        store::range_view(s, all_keys(3)) | ranges::views::transform(key_of) | ranges::views::take(3);
    CHECK((three | ranges::to<std::vector>()) == texts{"k1000", "k1001", "k1002"});
    CHECK(asked == 2);
}

TEST_CASE("a view is of one revision, whatever is written meanwhile", "[store]") {
    auto s = text_store();
    auto const keys = fill(s, 9);
    auto seen = texts{};
    for (auto const& kv : store::range_view(s, all_keys(2))) {
        seen.emplace_back(kv.key());
        REQUIRE(store::erase(s, "k1008"));
        REQUIRE(store::put(s, "k0", "before all"));
        REQUIRE(store::put(s, "k1003a", "between"));
    }
    CHECK(seen == keys);
}

TEST_CASE("a view of an empty range is empty, and that is no error", "[store]") {
    auto s = text_store();
    auto seen = store::range_view(s, all_keys());
    CHECK(seen.begin() == seen.end());
    CHECK(seen.outcome());
}

TEST_CASE("a page that is refused ends a view, which says why", "[store]") {
    auto s = text_store();
    fill(s, 9);
    auto seen = store::range_view(s, all_keys(4));
    auto n = 0;
    for ([[maybe_unused]] auto const& kv : seen)
        if (++n == 2) {
            REQUIRE(store::put(s, "z", "later"));
            REQUIRE(s.compact(s.revision()));
        }
    CHECK(n == 4);
    REQUIRE_FALSE(seen.outcome());
    CHECK(seen.outcome().error().code == error_code::expired);
    auto never = store::range_view(s, {.key = ""});
    CHECK(never.begin() == never.end());
    CHECK(never.outcome().error().code == error_code::bad_request);
}
