#pragma once

/// \file
/// The bodies of `berth/reconcile/reflector.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/detail/list_merge.hpp>
#include <berth/reconcile/reflector.hpp>

#include <algorithm>
#include <mutex>
#include <utility>

namespace berth::reconcile {

BERTH_DECL reflector::reflector(api::any_client client, table& into, reflector_options options)
    : client_(std::move(client)), table_(&into), options_(std::move(options)), random_(options_.seed) {
    if (options_.parts == object_parts::metadata) lean_ = client_.metadata_only();
    was_lean_ = lean_.has_value();
}

BERTH_DECL auto reflector::step(time_point now, std::shared_mutex& mutex, listener heard) -> wake {
    become_whole();
    if (now < resume_at_) return wake::at(resume_at_);
    if (watch_) return pull(now, mutex, heard);
    if (must_list_ && !streams()) return list(now, mutex, heard);
    return open(now);
}

BERTH_DECL auto reflector::on_wake(waker w) -> void {
    waker_ = w;
    if (watch_) watch_->on_wake(w);
}

BERTH_DECL auto reflector::want_whole() -> bool {
    if (!was_lean_ || wants_whole_.exchange(true)) return false;
    synced_ = false;
    return true;
}

BERTH_DECL auto reflector::become_whole() -> void {
    if (!lean_ || !wants_whole_) return;
    watch_.reset();
    lean_.reset();
    token_.clear();
    listed_.clear();
    streaming_ = false;
    must_list_ = renews_ = true;
}

// ---- listing ----

BERTH_DECL auto reflector::list(time_point now, std::shared_mutex& mutex, listener heard) -> wake {
    auto options = api::list_options{};
    options.namespace_ = options_.namespace_;
    options.label_selector = options_.label_selector;
    options.field_selector = options_.field_selector;
    options.limit = whole_list_ ? 0 : options_.page;
    options.continue_token = token_;
    auto page = source().list(resource(), options);
    if (!page) return list_failed(now, std::move(page).error());
    if (listed_.empty() && page->remaining)
        listed_.reserve(page->items.size() + static_cast<std::size_t>(*page->remaining));
    for (auto& item : page->items)
        if (prepare(item)) listed_.push_back(std::move(item));
    token_ = std::move(page->continue_token);
    if (!token_.empty()) return wake::again();
    replace(page->rev, mutex, heard);
    return wake::again();
}

BERTH_DECL auto reflector::list_failed(time_point now, error why) -> wake {
    auto const interrupted = why.code == error_code::expired && !token_.empty();
    token_.clear();
    listed_.clear();
    if (!interrupted) return failed(now, std::move(why));
    whole_list_ = true; // The list outlived its revision page by page; as one page it cannot.
    note(std::move(why));
    return wake::again();
}

BERTH_DECL auto reflector::replace(object::revision at, std::shared_mutex& mutex, listener heard) -> void {
    auto const lock = std::unique_lock(mutex);
    detail::merge_list(*table_, listed_, !synced_, heard, renews_);
    listed_ = {};
    revision_ = at;
    synced_ = !lean_ || !wants_whole_; // somebody may want more meanwhile
    renews_ = false;
    must_list_ = whole_list_ = false;
    ++counters_.lists;
}

// ---- watching ----

BERTH_DECL auto reflector::open(time_point now) -> wake {
    auto options = api::watch_options{};
    options.namespace_ = options_.namespace_;
    options.label_selector = options_.label_selector;
    options.field_selector = options_.field_selector;
    options.allow_bookmarks = true;
    if (must_list_) {
        options.send_initial_events = true;
        options.resource_version_match = "NotOlderThan";
    } else {
        options.resource_version = std::to_string(revision_);
    }
    return open_with(options, now);
}

BERTH_DECL auto reflector::open_with(api::watch_options const& options, time_point now) -> wake {
    auto opened = source().watch(resource(), options);
    if (!opened) {
        auto const code = opened.error().code;
        if (must_list_ && (code == error_code::invalid || code == error_code::bad_request)) {
            stream_refused_ = true;
            note(std::move(opened).error());
            return wake::again();
        }
        return watch_failed(now, std::move(opened).error());
    }
    streaming_ = must_list_;
    streamed_ = {};
    watch_.emplace(*std::move(opened));
    watch_->on_wake(waker_);
    opened_at_ = now;
    fruitful_ = false;
    ++counters_.watches;
    return wake::again();
}

BERTH_DECL auto reflector::pull(time_point now, std::shared_mutex& mutex, listener heard) -> wake {
    auto drained = false;
    auto broken = std::optional<error>();
    events_.clear();
    while (!drained && !broken && events_.size() < options_.batch) {
        auto next = watch_->next();
        if (!next) broken = std::move(next).error();
        else if (!*next) drained = true;
        else events_.push_back(**std::move(next));
    }
    auto const progress = drained ? watch_->progress() : 0;
    auto first = events_.begin();
    while (streaming_ && first != events_.end()) {
        auto const at = first->object.rev;
        if (take_listed(std::move(*first++))) {
            listed_ = streamed_.finish();
            replace(at, mutex, heard);
        }
    }
    if (!streaming_ && (first != events_.end() || progress > revision_)) {
        auto const lock = std::unique_lock(mutex);
        for (; first != events_.end(); ++first) apply(std::move(*first), heard);
        revision_ = std::max(revision_, progress);
    }
    fruitful_ = fruitful_ || !events_.empty();
    counters_.events += events_.size();
    if (broken) return watch_failed(now, *std::move(broken));
    return drained ? tell_again(now, mutex, heard) : wake::again();
}

BERTH_DECL auto reflector::take_listed(api::watch_event e) -> bool {
    if (e.type == api::watch_event::kind::bookmark) {
        streaming_ = streaming_ && !e.initial_events_end;
        return e.initial_events_end;
    }
    auto left = e.object;
    if (!prepare(left)) left = {};
    streamed_.take(e, std::move(left));
    return false;
}

BERTH_DECL auto reflector::tell_again(time_point now, std::shared_mutex& mutex, listener heard) -> wake {
    if (options_.resync <= duration{} || !synced_) return wake::signalled();
    if (resync_due_ == time_point{}) resync_due_ = now + options_.resync;
    if (now < resync_due_) return wake::at(resync_due_);
    auto const lock = std::unique_lock(mutex);
    told_again_ = table_->visit(told_again_, options_.batch, [&](object::object_ref const& o) {
        heard(change{change::kind::updated, o, o, true, false, true});
    });
    if (told_again_ != 0) return wake::again();
    resync_due_ = now + options_.resync;
    return wake::at(resync_due_);
}

BERTH_DECL auto reflector::apply(api::watch_event e, listener heard) -> void {
    auto const at = e.object.rev;
    if (e.type == api::watch_event::kind::deleted) apply_end(std::move(e), false, heard);
    else if (e.type != api::watch_event::kind::bookmark) {
        auto whole = e.object;
        if (prepare(e.object)) detail::merge_one(*table_, std::move(e.object), false, heard);
        else apply_end({e.type, std::move(whole), {}, false}, true, heard);
    }
    revision_ = std::max(revision_, at);
}

/// The object is there no more, or nothing of it is to be kept any more.
BERTH_DECL auto reflector::apply_end(api::watch_event e, bool by_transform, listener heard) -> void {
    auto const& m = e.object.object.metadata();
    auto const* const known = table_->find(m.namespace_, m.name);
    if (known == nullptr || known->rev > e.object.rev) return;
    auto const same = known->object.metadata().uid == m.uid;
    auto before = table_->erase(m.namespace_, m.name);
    if (!by_transform && same && prepare(e.object)) before = std::move(e.object);
    heard(change{change::kind::deleted, std::move(before), {}, same, false});
}

BERTH_DECL auto reflector::prepare(object::object_ref& o) const -> bool {
    if (!options_.transform) return true;
    auto left = options_.transform(o.object);
    if (!left) return false;
    o.object = std::move(left);
    return true;
}

BERTH_DECL auto reflector::watch_failed(time_point now, error why) -> wake {
    auto const lived = watch_ && (fruitful_ || now - opened_at_ >= seconds(1));
    watch_.reset();
    streaming_ = false;
    if (why.code == error_code::expired || why.code == error_code::future_revision) must_list_ = true;
    if (!lived) return failed(now, std::move(why));
    note(std::move(why));
    return wake::again();
}

// ---- waiting ----

BERTH_DECL auto reflector::note(error why) -> void {
    ++counters_.errors;
    last_error_ = std::move(why);
}
BERTH_DECL auto reflector::failed(time_point now, error why) -> wake {
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

} // namespace berth::reconcile
