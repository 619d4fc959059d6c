/// \file
/// Which profiles fit which types. That those which do not are refused in a sentence is shown by
/// `tests/fail`.

#include "harbour.hpp"

#include <berth/schedule/check.hpp>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::roomy, harbour::task;

constexpr auto fits = filter<"fits">(
    [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("too small"); });

struct stranger {};

template <class P> constexpr auto good = detail::check_profile<P, task, host>();

} // namespace

TEST_CASE("a profile fits when each of its fields does") {
    auto const full = profile{.enqueue = [](task const&) { return verdict(accept); },
                              .order = [](task const& a, task const& b) { return a.cpu < b.cpu; },
                              .filter = fits and not fits,
                              .score = 2 * roomy,
                              .reserve = [](task const& t, host& h) { h.cpu_free -= t.cpu; },
                              .release = [](task const& t, host& h) { h.cpu_free += t.cpu; }};
    CHECK(good<std::remove_const_t<decltype(full)>>);
    CHECK(good<decltype(profile{.filter = fits})>);
}

TEST_CASE("it is for the types that it is used with, and no others") {
    using mine = decltype(profile{.filter = fits, .score = roomy});
    CHECK(profile_for<mine, task, host>);
    CHECK_FALSE(profile_for<mine, stranger, host>);
    CHECK_FALSE(profile_for<mine, task, stranger>);
}

TEST_CASE("each field is judged by itself") {
    using wrong_order = decltype(profile{.order = [](task const&) { return true; }, .filter = fits});
    CHECK_FALSE(detail::order_fits<wrong_order, task>);
    CHECK(detail::enqueue_fits<wrong_order, task>);
    using wrong_reserve = decltype(profile{.filter = fits, .reserve = [](host&) {}});
    CHECK_FALSE(detail::reserve_fits<wrong_reserve, task, host>);
    CHECK(detail::release_fits<wrong_reserve, task, host>);
    using wrong_bind = decltype(profile{.filter = fits, .bind = [](task const&, host const&) {}});
    CHECK_FALSE(detail::bind_fits<wrong_bind, task, host>);
}
