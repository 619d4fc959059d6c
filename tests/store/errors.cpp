/// \file
/// The refusals of all stores mean the same, and are read back from etcd's words as what they are.

#include <berth/store/errors.hpp>
#include <berth/store/etcd/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
namespace errors = store::errors;

TEST_CASE("a store of our own and etcd refuse alike: the same words have the same code") {
    for (auto const& ours :
         {errors::compacted().error(), errors::future_revision().error(), errors::lease_not_found().error(),
          errors::lease_exists().error(), errors::too_many_operations().error()}) {
        INFO(ours.message);
        auto const theirs = store::detail::meaning_of(2, ours.message); // `unknown`: the words must tell
        CHECK(theirs.why == ours);
        CHECK(theirs.then == store::detail::remedy::none);
    }
    constexpr auto invalid_argument = 3;
    for (auto const& ours :
         {errors::empty_key().error(), errors::key_not_found().error(), errors::value_provided().error(),
          errors::lease_provided().error(), errors::duplicate_key().error()})
        CHECK(store::detail::meaning_of(invalid_argument, ours.message).why == ours);
}
