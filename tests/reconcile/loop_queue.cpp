/// \file
/// The queue of a loop: which keys come first.

#include <berth/reconcile/loop_queue.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>

using namespace berth;

namespace {

auto const web = object::key{"shop", "web"};
auto const db = object::key{"shop", "db"};

/// Why a key waits that the caches found when they began.
auto found_at_the_beginning() -> reconcile::causes {
    return reconcile::causes({reconcile::cause::created, {}, {}}, true);
}
auto queue_by(reconcile::key_priority priority) -> reconcile::loop_queue {
    return reconcile::loop_queue(
        reconcile::queue_options{}, 1, {},
        reconcile::loop_queue::turns_type(reconcile::detail::loop_priority{std::move(priority)}));
}

} // namespace

TEST_CASE("what has happened since comes before what was found at the beginning") {
    auto q = queue_by({});
    q.add(web, found_at_the_beginning());
    q.add(db, reconcile::causes({reconcile::cause::updated, {}, {}}, false));
    CHECK(q.get({}) == std::optional(db));
    CHECK(q.get({}) == std::optional(web));
}

TEST_CASE("who says which keys are important is believed") {
    auto q = queue_by([](object::key const& k, reconcile::causes const&) { return k.name == "web" ? 3 : 0; });
    q.add(db, reconcile::causes({reconcile::cause::updated, {}, {}}, false));
    q.add(web, found_at_the_beginning());
    CHECK(q.get({}) == std::optional(web));
    CHECK(q.get({}) == std::optional(db));
}
