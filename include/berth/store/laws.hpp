#pragma once

/// \file
/// The laws of `versioned_store` as an executable suite, for Berth's stores and for yours, under any test
/// framework:
///
/// ```cpp
/// struct maker {                                             // how to get a fresh store, and values for it
///     auto make() const -> my_store { return my_store{}; }
///     auto value(std::string_view text) const -> std::string { return std::string{text}; }
/// };
/// auto judge = [](berth::store::laws::finding const& f) {
///     INFO(f.law << ": " << f.detail);
///     CHECK(f.holds);
/// };
/// berth::store::laws::all(maker{}, judge);
/// ```
///
/// It is in no umbrella header: only tests need it.

#include <berth/store/laws/compaction.hpp>  // IWYU pragma: export
#include <berth/store/laws/concurrency.hpp> // IWYU pragma: export
#include <berth/store/laws/histories.hpp>   // IWYU pragma: export
#include <berth/store/laws/leases.hpp>      // IWYU pragma: export
#include <berth/store/laws/model.hpp>       // IWYU pragma: export
#include <berth/store/laws/ranges.hpp>      // IWYU pragma: export
#include <berth/store/laws/scene.hpp>       // IWYU pragma: export
#include <berth/store/laws/sorting.hpp>     // IWYU pragma: export
#include <berth/store/laws/txns.hpp>        // IWYU pragma: export
#include <berth/store/laws/wakers.hpp>
#include <berth/store/laws/watches.hpp> // IWYU pragma: export

namespace berth::store::laws {

/// Checks every law on one thread; `expiry` apart, for which somebody must let time pass.
template <store_maker F, judge R> auto sequential(F const& maker, R& report, effort const& work = {})
    -> void {
    versions(maker, report);
    ranges(maker, report);
    counts(maker, report);
    sorting(maker, report);
    sorted_reads(maker, report);
    reads_of_the_past(maker, report);
    comparisons(maker, report);
    conjunctions(maker, report);
    branches(maker, report);
    put_options(maker, report);
    refusals(maker, report);
    limits(maker, report);
    batches(maker, report);
    leases(maker, report);
    watches(maker, report);
    watched_events(maker, report);
    progress(maker, report);
    one_way(maker, report);
    patience(maker, report);
    wake_ups(maker, report);
    wakers(maker, report);
    compaction(maker, report);
    reads_after_compaction(maker, report);
    compacted_watches(maker, report);
    watchers_left_behind(maker, report);
    small_histories(maker, report, work);
    random_histories(maker, report, work);
}

/// Checks every law, those of several threads too.
template <store_maker F, judge R> auto all(F const& maker, R& report, effort const& work = {}) -> void {
    sequential(maker, report, work);
    concurrency(maker, report);
}

} // namespace berth::store::laws
