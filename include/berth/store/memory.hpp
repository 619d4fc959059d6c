#pragma once

/// \file
/// `store::memory`: a versioned store in this process's memory.

#include <berth/store/detail/local_store.hpp>
#include <berth/store/versioned_store.hpp>

#include <memory>
#include <string>

namespace berth::store {

/// A whole store in memory: etcd v3's model for values of any regular type, serializing nothing.
///
/// * A value is moved in once and never copied again: readers and watchers share the record it lies in.
/// * One log serves all watches; a cursor is a position in it. Nothing is kept per watcher.
/// * A write of a known key costs one hash look-up, a new key a logarithmic search as well. Reads of the
///   newest revision and of past ones cost the same, plus the steps back through each key's own versions.
/// * Reads run beside each other; a write waits for reads under way and goes before those that come later.
/// * Of values that can tell how they differ (`differing`), superseded versions are kept as differences some
///   time after they were replaced. To read one costs a new value, made from the nearest whole version of its
///   key, at most 15 steps away.
/// * Nothing is forgotten before `compact`, which frees in small steps between which others may work.
/// * Leases end when `expire()` is called after their time; a `lessor` does that.
///
/// Models `versioned_store`. Movable; cursors keep the history alive by themselves.
template <class V = std::string> class memory : public detail::local_store<V, detail::no_journal<V>> {
public:
    memory() : memory(memory_options{}) {}
    explicit memory(memory_options const& options)
        : detail::local_store<V, detail::no_journal<V>>(options, std::make_unique<detail::no_journal<V>>()) {}
};

static_assert(versioned_store<memory<std::string>>);
static_assert(versioned_store<memory<int>>);

} // namespace berth::store
