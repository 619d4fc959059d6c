/// \file
/// Arrays whose copies share pages, against plain vectors.

#include <berth/core/random.hpp>
#include <berth/reconcile/detail/flat_index.hpp>
#include <berth/reconcile/detail/shared_array.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using reconcile::detail::shared_array;
using reconcile::detail::shared_run;

namespace {

auto plain(shared_array<std::string> const& a) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (std::size_t i = 0; i < a.size(); ++i) out.push_back(a[i]);
    return out;
}

} // namespace

TEST_CASE("a run that nobody else holds is changed where it is, and else copied") {
    auto a = shared_run<std::string>();
    CHECK(a.size() == 0);
    a.own(2)[1] = "x";
    auto const* const where = &a[1];
    a.own()[1] = "y";
    CHECK(&a[1] == where);
    auto b = a;
    CHECK(&b[1] == where);
    a.own()[1] = "z";
    CHECK(a[1] == "z");
    CHECK(b[1] == "y");
    CHECK(&b[1] == where);
    b.own(5)[4] = "end"; // alone again
    CHECK(b[1] == "y");
    CHECK(b.size() == 5);
    a = std::move(b);
    CHECK(a[4] == "end");
}

TEST_CASE("an array of some size is empty items") {
    for (auto const size : {0U, 1U, 127U, 128U, 129U, 1000U}) {
        auto a = shared_array<std::string>(size);
        CHECK(a.size() == size);
        for (std::size_t i = 0; i < size; ++i) CHECK(a[i].empty());
        a.push_back("last");
        CHECK(a.back() == "last");
        CHECK(a.size() == size + 1);
    }
}

TEST_CASE("copies of an array stay as they were, whatever becomes of it") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        auto draw = berth::random_engine(seed);
        auto now = shared_array<std::string>();
        auto same = std::vector<std::string>();
        auto copies = std::vector<std::pair<shared_array<std::string>, std::vector<std::string>>>();
        for (auto n = 0; n < 3'000; ++n) {
            auto const what = draw.below(100);
            auto const text = "a text that is no short one " + std::to_string(n);
            if (what < 40 || same.empty()) {
                now.push_back(text);
                same.push_back(text);
            } else if (what < 80) {
                auto const at = draw.below(same.size());
                now.edit(at) = same[at] = text;
            } else if (what < 97) {
                now.pop_back();
                same.pop_back();
            } else if (copies.size() < 5) {
                copies.emplace_back(now, same);
            } else if (what == 97) {
                std::swap(copies[draw.below(5)], copies.back());
                copies.pop_back();
            } else { // a copy goes its own way
                auto& [copy, its] = copies[draw.below(5)];
                copy.push_back(text);
                its.push_back(text);
            }
        }
        CHECK(plain(now) == same);
        for (auto const& [copy, its] : copies) CHECK(plain(copy) == its);
    }
}

TEST_CASE("an index in a shared array finds what one in a vector finds, and so do its copies") {
    auto draw = berth::random_engine(7);
    auto shared = reconcile::detail::shared_flat_index();
    auto single = reconcile::detail::flat_index();
    auto there = std::vector<std::uint32_t>();
    auto const hash = [](std::uint32_t n) { return std::uint64_t{n} * 0x9e3779b97f4a7c15U >> 13U; };
    auto const is = [](std::uint32_t wanted) { return [wanted](auto n) { return n == wanted; }; };
    auto kept = shared;
    auto then = std::vector<std::uint32_t>();
    for (std::uint32_t n = 0; n < 5'000; ++n) {
        if (n == 2'500) {
            kept = shared;
            then = there;
        }
        if (draw.below(3) != 0) {
            shared.insert(hash(n), n);
            single.insert(hash(n), n);
            there.push_back(n);
        } else if (!there.empty()) {
            std::swap(there[draw.below(there.size())], there.back());
            shared.erase(hash(there.back()), there.back());
            single.erase(hash(there.back()), there.back());
            there.pop_back();
        }
    }
    CHECK(shared.size() == there.size());
    auto found = std::size_t{0};
    for (std::uint32_t n = 0; n < 5'000; ++n) {
        auto const at = shared.find(hash(n), is(n));
        CHECK(at == single.find(hash(n), is(n)));
        if (at != reconcile::detail::nowhere) ++found;
    }
    CHECK(found == there.size());
    CHECK(kept.size() == then.size());
    for (auto const n : then) CHECK(kept.find(hash(n), is(n)) == n);
}

TEST_CASE("copies are read on other threads while the array goes on") {
    auto now = shared_array<std::string>();
    for (auto i = 0; i < 1'000; ++i) now.push_back(std::to_string(i));
    auto wrong = std::atomic<int>(0);
    for (auto round = 0; round < 20; ++round) {
        auto const reader = std::jthread([copy = now, round, &wrong] {
            for (std::size_t i = 0; i < copy.size(); ++i)
                if (copy[i] != (i < static_cast<std::size_t>(round) ? "new" : std::to_string(i))) ++wrong;
        });
        now.edit(static_cast<std::size_t>(round)) = "new";
    }
    CHECK(wrong == 0);
}
