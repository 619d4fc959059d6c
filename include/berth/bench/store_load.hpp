#pragma once

/// \file
/// A store measured: one workload of puts, gets and watches for any `versioned_store`.

#include <berth/bench/stopwatch.hpp>
#include <berth/core/random.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/operations.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace berth::bench {

/// Keys of the length that those of pods have in Kubernetes; `i` is below 100,000,000.
[[nodiscard]] inline auto key_of(std::size_t i) -> std::string {
    auto digits = std::to_string(i);
    return "/registry/pods/default/pod-" + std::string(8 - digits.size(), '0') + digits;
}

/// What a store is asked for, from one seed.
struct store_load {
    std::size_t keys = 10'000;       ///< that are there; written before, unmeasured
    std::size_t value_bytes = 256;   ///< of each value
    std::size_t operations = 20'000; ///< measured
    double reads = 0.5;              ///< the share of gets; the rest are puts of keys that are there
    std::size_t watches = 0;         ///< of all keys; each is read after every 100th operation, within it
    std::size_t keep = 10'000;       ///< revisions: so many are kept, and the rest compacted
    std::uint64_t seed = 1;
};

/// Has one thread put and get keys in random order. An operation succeeds if it is answered with no error;
/// it answers the revision of the write, or of what was read. `S::value_type` is text.
template <store::versioned_store S> [[nodiscard]] auto measure(S& s, store_load load) -> figures {
    auto draw = random_engine(load.seed);
    auto const value = std::string(load.value_bytes, 'v');
    auto keys = std::vector<std::string>();
    for (std::size_t i = 0; i < load.keys; ++i) keys.push_back(key_of(i));
    for (auto const& key : keys) (void)store::put(s, key, value);
    auto const first = s.revision();
    auto cursors = std::vector<typename S::cursor>();
    for (std::size_t i = 0; i < load.watches; ++i)
        if (auto c = s.watch({.key = "/registry/", .range_end = store::prefix_end("/registry/")}))
            cursors.push_back(std::move(*c));
    auto watch = stopwatch();
    watch.start();
    for (std::size_t i = 0; i < load.operations && !keys.empty(); ++i) {
        auto const& key = keys[draw.below(keys.size())];
        auto at = store::revision_number{0};
        auto done = true;
        if (draw.fraction() < load.reads) {
            auto const found = store::get(s, key);
            done = found.has_value();
            if (done) at = found->mod_revision();
        } else {
            auto const written = store::put(s, key, value);
            done = written.has_value();
            if (done) at = written->revision;
        }
        if (i % 100 == 99)
            for (auto& c : cursors) done = c.next().has_value() && done;
        if (i % 10'000 == 9'999 && s.revision() > static_cast<store::revision_number>(load.keep))
            (void)s.compact(s.revision() - static_cast<store::revision_number>(load.keep));
        watch.lap(done, static_cast<std::uint64_t>(at < first ? 0 : at - first));
    }
    return watch.read();
}

} // namespace berth::bench
