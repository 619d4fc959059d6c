#pragma once

/// \file
/// Keeps a table equal to the objects of one kind in an API: lists, then watches, then lists again if it must
/// (after client-go 1.36, `tools/cache/reflector.go`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/reconcile/change.hpp>
#include <berth/reconcile/detail/sink.hpp>
#include <berth/reconcile/detail/streamed_list.hpp>
#include <berth/reconcile/table.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

namespace berth::reconcile {

/// How much of objects is asked for.
enum class object_parts : std::uint8_t {
    all,
    metadata, ///< no more than that, where the client can ask for less; else whole objects come, too
};

/// What to follow, and how.
struct reflector_options {
    std::string namespace_ = {}; ///< empty: all
    std::string label_selector = {};
    std::string field_selector = {};
    /// What is kept of an object, so that less memory is taken: the object itself, one of its kind and name
    /// with less in it, or nothing, which is as if the API did not have it. What it answers is not shared
    /// with others any more unless it is the object. It depends on nothing but the object, and leaves what it
    /// answered once as it is.
    std::function<object::any_object(object::any_object const&)> transform = {};
    /// Let a watch tell what there is, object by object, in place of a list: then neither side holds a whole
    /// list. An API that refuses it is listed.
    bool stream = false;
    duration resync = {};     ///< how often all objects are told again (see `change::resync`); 0: never
    std::int64_t page = 500;  ///< objects per page of a list; 0: all at once
    std::size_t batch = 1024; ///< the most events taken in one step
    duration base = milliseconds(800); ///< the first wait after an error; doubles
    duration max = seconds(30);        ///< the longest
    std::uint64_t seed = 1;            ///< of the jitter, which adds up to as much again
    object_parts parts = object_parts::all;
};

/// What a reflector has been through.
struct reflector_counters {
    std::uint64_t lists = 0;   ///< complete ones, streamed ones included
    std::uint64_t watches = 0; ///< opened
    std::uint64_t events = 0;  ///< told by watches
    std::uint64_t errors = 0;  ///< answers of the API that were errors, `expired` included

    friend auto operator==(reflector_counters const&, reflector_counters const&) -> bool = default;
};

/// Follows one kind. `step` does a bounded slice and tells `heard(change)` what has changed, in order.
///
/// The first list makes the table; it is applied as a whole, at the revision of the list. Then a watch tells
/// every change. If the watch breaks, it is taken up again where it ended; if that is too long ago
/// (`expired`), the list is taken again, and only the differences are told: what has not changed stays where
/// it is, and what has vanished is told as deleted, with the last state that was known (`exact` is false). A
/// change of uid under the same name is told as deleted and added. Events that are older than what is known
/// are ignored.
///
/// Where objects are told again from time to time, that is done in slices, and only while there is nothing
/// new to tell.
class reflector {
public:
    /// Hears what has changed.
    using listener = detail::sink<change const&>;

    /// The client, if it is referred to, and the table must outlive it.
    reflector(api::any_client client, table& into, reflector_options options = {});

    /// Writes to the table happen under `mutex`, and so do the calls of `heard`.
    auto step(time_point now, std::shared_mutex& mutex, listener heard) -> wake;

    /// From now on whole objects are needed, if no more than their metadata was asked for so far: the table
    /// is not `synced` until it has them, and each that comes is told as updated. Whether that is news to it.
    /// Needs the mutex alone.
    auto want_whole() -> bool;

    /// Gives the waker that brings back who steps it; not while it is stepped.
    auto on_wake(waker w) -> void;

    /// Whether the table has been complete once.
    [[nodiscard]] auto synced() const -> bool { return synced_; }
    /// All changes up to this revision are in the table.
    [[nodiscard]] auto revision() const -> object::revision { return revision_; }
    [[nodiscard]] auto counters() const -> reflector_counters const& { return counters_; }
    /// The last error that the API answered; for people.
    [[nodiscard]] auto last_error() const -> std::optional<error> const& { return last_error_; }

private:
    [[nodiscard]] auto resource() const -> object::resource_name const& { return table_->resource(); }

    auto list(time_point now, std::shared_mutex& mutex, listener heard) -> wake;
    auto list_failed(time_point now, error why) -> wake;
    auto replace(object::revision at, std::shared_mutex& mutex, listener heard) -> void;

    /// Begins anew with whole objects, if they are wanted.
    auto become_whole() -> void;

    auto open(time_point now) -> wake;
    [[nodiscard]] auto streams() const -> bool { return options_.stream && !stream_refused_; }
    auto open_with(api::watch_options const& options, time_point now) -> wake;
    /// Takes an event of a streamed list; answers whether that was the last one.
    auto take_listed(api::watch_event e) -> bool;
    auto tell_again(time_point now, std::shared_mutex& mutex, listener heard) -> wake;
    auto pull(time_point now, std::shared_mutex& mutex, listener heard) -> wake;
    auto apply(api::watch_event e, listener heard) -> void;
    auto apply_end(api::watch_event e, bool by_transform, listener heard) -> void;
    /// Whether anything is left of an object to be kept.
    [[nodiscard]] auto prepare(object::object_ref& o) const -> bool;
    auto watch_failed(time_point now, error why) -> wake;

    auto note(error why) -> void;
    auto failed(time_point now, error why) -> wake;

    /// Who is asked.
    [[nodiscard]] auto source() const -> api::any_client const& { return lean_ ? *lean_ : client_; }

    api::any_client client_;
    std::optional<api::any_client> lean_; ///< in place of it while the metadata will do
    bool was_lean_ = false;
    std::atomic<bool> wants_whole_{false};
    bool renews_ = false; ///< the next list tells more of what is known already
    table* table_;
    reflector_options options_;
    random_engine random_;
    waker waker_;
    std::optional<api::any_watch> watch_;
    std::vector<object::object_ref> listed_;
    detail::streamed_list streamed_;
    std::vector<api::watch_event> events_;
    std::string token_;
    object::revision revision_ = 0;
    time_point opened_at_;
    time_point resume_at_;
    std::uint32_t failures_ = 0;
    bool must_list_ = true;
    bool whole_list_ = false;
    std::atomic<bool> synced_{false};
    bool streaming_ = false; ///< the open watch tells a list first
    bool stream_refused_ = false;
    std::uint32_t told_again_ = 0; ///< up to which slot of the table
    time_point resync_due_;
    bool fruitful_ = false; ///< the open watch has told something
    reflector_counters counters_;
    std::optional<error> last_error_;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/reflector.ipp>
#endif
