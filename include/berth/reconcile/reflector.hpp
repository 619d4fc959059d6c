#pragma once

/// \file
/// Keeps a table equal to the objects of one kind in an API: lists, then watches, then lists again if it must
/// (after client-go 1.36, `tools/cache/reflector.go`).

#include <berth/api/client.hpp>
#include <berth/core/random.hpp>
#include <berth/reconcile/detail/list_merge.hpp>
#include <berth/reconcile/table.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// What to follow, and how.
struct reflector_options {
    std::string namespace_ = {}; ///< empty: all
    std::string label_selector = {};
    std::string field_selector = {};
    std::int64_t page = 500;           ///< objects per page of a list; 0: all at once
    std::size_t batch = 1024;          ///< the most events taken in one step
    duration base = milliseconds(800); ///< the first wait after an error; doubles
    duration max = seconds(30);        ///< the longest
    std::uint64_t seed = 1;            ///< of the jitter, which adds up to as much again
};

/// What a reflector has been through.
struct reflector_counters {
    std::uint64_t lists = 0;   ///< complete ones
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
template <api::client Client> class reflector {
public:
    reflector(Client& client, table& into, reflector_options options = {})
        : client_(&client), table_(&into), options_(std::move(options)), random_(options_.seed) {}

    /// Writes to the table happen under `mutex`, and so do the calls of `heard`.
    template <class Heard> auto step(time_point now, std::shared_mutex& mutex, Heard&& heard) -> wake {
        if (now < resume_at_) return wake::at(resume_at_);
        if (watch_) return pull(now, mutex, heard);
        if (must_list_) return list(now, mutex, heard);
        return open(now);
    }

    /// Gives the waker that brings back who steps it; not while it is stepped.
    auto on_wake(waker w) -> void {
        waker_ = w;
        if (watch_) watch_->on_wake(w);
    }

    /// Whether the table has been complete once.
    [[nodiscard]] auto synced() const -> bool { return synced_; }
    /// All changes up to this revision are in the table.
    [[nodiscard]] auto revision() const -> object::revision { return revision_; }
    [[nodiscard]] auto counters() const -> reflector_counters const& { return counters_; }
    /// The last error that the API answered; for people.
    [[nodiscard]] auto last_error() const -> std::optional<error> const& { return last_error_; }

private:
    auto resource() const -> object::resource_name const& { return table_->resource(); }

    // ---- listing
    // ------------------------------------------------------------------------------------------------

    template <class Heard> auto list(time_point now, std::shared_mutex& mutex, Heard& heard) -> wake {
        auto options = api::list_options{};
        options.namespace_ = options_.namespace_;
        options.label_selector = options_.label_selector;
        options.field_selector = options_.field_selector;
        options.limit = whole_list_ ? 0 : options_.page;
        options.continue_token = token_;
        auto page = client_->list(resource(), options);
        if (!page) return list_failed(now, std::move(page).error());
        if (listed_.empty() && page->remaining)
            listed_.reserve(page->items.size() + static_cast<std::size_t>(*page->remaining));
        for (auto& item : page->items) listed_.push_back(std::move(item));
        token_ = std::move(page->continue_token);
        if (!token_.empty()) return wake::again();
        replace(page->rev, mutex, heard);
        return wake::again();
    }

    auto list_failed(time_point now, error why) -> wake {
        auto const interrupted = why.code == error_code::expired && !token_.empty();
        token_.clear();
        listed_.clear();
        if (!interrupted) return failed(now, std::move(why));
        whole_list_ = true; // The list outlived its revision page by page; as one page it cannot.
        note(std::move(why));
        return wake::again();
    }

    template <class Heard>
    auto replace(object::revision at, std::shared_mutex& mutex, Heard& heard) -> void {
        auto const lock = std::unique_lock(mutex);
        detail::merge_list(*table_, listed_, !synced_, heard);
        listed_ = {};
        revision_ = at;
        synced_ = true;
        must_list_ = whole_list_ = false;
        ++counters_.lists;
    }

    // ---- watching
    // -----------------------------------------------------------------------------------------------

    auto open(time_point now) -> wake {
        auto options = api::watch_options{};
        options.namespace_ = options_.namespace_;
        options.label_selector = options_.label_selector;
        options.field_selector = options_.field_selector;
        options.resource_version = std::to_string(revision_);
        options.allow_bookmarks = true;
        auto opened = client_->watch(resource(), options);
        if (!opened) return watch_failed(now, std::move(opened).error());
        watch_.emplace(*std::move(opened));
        watch_->on_wake(waker_);
        opened_at_ = now;
        fruitful_ = false;
        ++counters_.watches;
        return wake::again();
    }

    template <class Heard> auto pull(time_point now, std::shared_mutex& mutex, Heard& heard) -> wake {
        auto drained = false;
        auto broken = std::optional<error>();
        events_.clear();
        while (!drained && !broken && events_.size() < options_.batch) {
            auto next = watch_->next();
            if (!next) broken = std::move(next).error();
            else if (!*next) drained = true;
            else events_.push_back(**std::move(next));
        }
        auto const progress = drained ? progress_of(*watch_) : 0;
        if (!events_.empty() || progress > revision_) {
            auto const lock = std::unique_lock(mutex);
            for (auto& e : events_) apply(std::move(e), heard);
            revision_ = std::max(revision_, progress);
        }
        fruitful_ = fruitful_ || !events_.empty();
        counters_.events += events_.size();
        if (broken) return watch_failed(now, *std::move(broken));
        return drained ? wake::signalled() : wake::again();
    }

    template <class Heard> auto apply(api::watch_event e, Heard& heard) -> void {
        auto const at = e.object.rev;
        if (e.type != api::watch_event::kind::bookmark) {
            auto const& m = e.object.object.metadata();
            auto const* known = table_->find(m.namespace_, m.name);
            if (e.type != api::watch_event::kind::deleted)
                detail::merge_one(*table_, std::move(e.object), false, heard);
            else if (known != nullptr && known->rev <= at) {
                auto const exact = known->object.metadata().uid == m.uid;
                auto before = table_->erase(m.namespace_, m.name);
                heard(change{change::kind::deleted,
                             exact ? std::move(e.object) : std::move(before),
                             {},
                             exact,
                             false});
            }
        }
        revision_ = std::max(revision_, at);
    }

    /// How far a drained watch has come, if it can tell; else only its events and bookmarks do.
    template <class Watch> static auto progress_of(Watch const& w) -> object::revision {
        if constexpr (requires { w.progress(); }) return w.progress();
        else return 0;
    }

    auto watch_failed(time_point now, error why) -> wake {
        auto const lived = watch_ && (fruitful_ || now - opened_at_ >= seconds(1));
        watch_.reset();
        if (why.code == error_code::expired || why.code == error_code::future_revision) must_list_ = true;
        if (!lived) return failed(now, std::move(why));
        note(std::move(why));
        return wake::again();
    }

    // ---- waiting
    // ------------------------------------------------------------------------------------------------

    auto note(error why) -> void {
        ++counters_.errors;
        last_error_ = std::move(why);
    }
    auto failed(time_point now, error why) -> wake {
        auto asked = seconds(why.details.retry_after_seconds);
        note(std::move(why));
        if (now - resume_at_ > seconds(120)) failures_ = 0;
        auto wait = failures_ < 16 ? options_.base * (std::int64_t{1} << failures_) : options_.max;
        if (wait > options_.max) wait = options_.max;
        ++failures_;
        auto const jitter = static_cast<double>(wait.nanoseconds) * random_.fraction();
        wait = wait + nanoseconds(static_cast<std::int64_t>(jitter));
        resume_at_ = now + std::max(wait, asked);
        return wake::at(resume_at_);
    }

    Client* client_;
    table* table_;
    reflector_options options_;
    random random_;
    waker waker_;
    std::optional<typename Client::watch_type> watch_;
    std::vector<object::object_ref> listed_;
    std::vector<api::watch_event> events_;
    std::string token_;
    object::revision revision_ = 0;
    time_point opened_at_;
    time_point resume_at_;
    std::uint32_t failures_ = 0;
    bool must_list_ = true;
    bool whole_list_ = false;
    bool synced_ = false;
    bool fruitful_ = false; ///< the open watch has told something
    reflector_counters counters_;
    std::optional<error> last_error_;
};

} // namespace berth::reconcile
