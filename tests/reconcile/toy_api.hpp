#pragma once

/// \file
/// A tiny API for the tests of those who speak to one: it keeps every change, and fails when it is told to.

#include <berth/api/client.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace things {

using namespace berth;

/// Models `api::client`. For one thread.
class toy_api {
public:
    class watch_type {
    public:
        watch_type(toy_api& api, object::resource_name const& r, object::revision from)
            : api_(&api), resource_(&r), seen_(from), line_(api.line_) {}
        /// Tells what there is before what happens.
        auto begin_with(std::vector<object::object_ref> there) -> void {
            for (auto& o : there) first_.push_back({api::watch_event::kind::added, std::move(o), {}, false});
            first_.push_back({api::watch_event::kind::bookmark, {{}, seen_}, {}, true});
        }

        auto next() -> result<std::optional<api::watch_event>> {
            if (line_ != api_->line_) return fail(error_code::unavailable, "the line is cut");
            if (!first_.empty()) {
                auto e = std::move(first_.front());
                first_.pop_front();
                return std::optional(std::move(e));
            }
            if (seen_ < api_->compacted_) return fail(error_code::expired, "too old");
            for (auto const& e : api_->log_) {
                if (e.object.rev <= seen_) continue;
                seen_ = e.object.rev;
                if (e.type == api::watch_event::kind::bookmark || e.object->resource() == *resource_)
                    return std::optional(e);
            }
            return std::nullopt;
        }
        auto on_wake(waker w) -> void {
            woken_ = w == waker{} ? wake_signal::subscription() : api_->changed_.subscribe(w);
        }

    private:
        toy_api* api_;
        object::resource_name const* resource_;
        std::deque<api::watch_event> first_;
        object::revision seen_;
        std::uint64_t line_;
        wake_signal::subscription woken_;
    };
    static_assert(api::watch_stream<watch_type>);

    /// Breaks all open watches.
    auto cut_line() -> void { ++line_; }
    /// Forgets the history up to now.
    auto compact() -> void {
        compacted_ = rev_;
        log_.clear();
    }
    /// The next lists and watches answer these errors.
    auto fail_next(error_code code, int times = 1) -> void {
        for (auto i = 0; i < times; ++i) failing_.push_back({code, "told to fail", {}});
    }
    /// The next creation happens, but its answer is lost.
    auto lose_next_answer() -> void { losing_ = true; }
    /// Tells all watches how far the history has come.
    auto bookmark() -> void { log_.push_back({api::watch_event::kind::bookmark, {{}, ++rev_}, {}, false}); }
    /// Tells a change a second time.
    auto repeat_last() -> void { log_.push_back(log_.back()); }

    [[nodiscard]] auto revision() const -> object::revision { return rev_; }
    [[nodiscard]] auto lists() const -> int { return lists_; }
    /// Lists that were told by watches; `refuse_streams`: there will be none.
    [[nodiscard]] auto streamed() const -> int { return streamed_; }
    auto refuse_streams() -> void { streams_ = false; }
    [[nodiscard]] auto state() const { return objects_; }

    auto put(object::any_object o) -> object::object_ref {
        auto& slot = objects_[{o.resource().plural, o.metadata().where()}];
        auto const type = slot ? api::watch_event::kind::modified : api::watch_event::kind::added;
        log_.push_back({type, {o, ++rev_}, slot.object, false});
        slot = {std::move(o), rev_};
        changed_.notify();
        return slot;
    }
    auto erase(object::resource_name const& r, object::key const& k) -> void {
        auto const found = objects_.find({r.plural, k});
        log_.push_back(
            {api::watch_event::kind::deleted, {found->second.object, ++rev_}, found->second.object, false});
        objects_.erase(found);
        changed_.notify();
    }

    // ---- the client concept
    // -------------------------------------------------------------------------------------

    auto get(object::resource_name const& r, object::key const& k, api::get_options const&)
        -> result<object::object_ref> {
        auto const found = objects_.find({r.plural, k});
        if (found == objects_.end()) return fail(error_code::not_found, "no such object");
        return found->second;
    }
    auto list(object::resource_name const& r, api::list_options const& o) -> result<api::object_list> {
        if (auto e = failure()) return std::unexpected(*std::move(e));
        auto const first = o.continue_token.empty() ? 0U : std::stoul(o.continue_token);
        if (first == 0) page_of_ = {rev_, matching(r)};
        else if (page_of_.first < compacted_) return fail(error_code::expired, "the token is too old");
        auto const& all = page_of_.second;
        auto const count = o.limit == 0 ? all.size() : static_cast<std::size_t>(o.limit);
        auto out = api::object_list();
        out.rev = page_of_.first;
        for (auto i = first; i < all.size() && i < first + count; ++i) out.items.push_back(all[i]);
        if (first + count < all.size()) out.continue_token = std::to_string(first + count);
        if (first == 0) ++lists_;
        return out;
    }
    auto watch(object::resource_name const& r, api::watch_options const& o) -> result<watch_type> {
        if (auto e = failure()) return std::unexpected(*std::move(e));
        if (o.send_initial_events) {
            if (!streams_) return fail(error_code::invalid, "sendInitialEvents is not known");
            auto out = watch_type(*this, r, rev_);
            out.begin_with(matching(r));
            ++streamed_;
            return out;
        }
        auto const from = std::stoll(o.resource_version);
        if (from < compacted_) return fail(error_code::expired, "too old");
        return watch_type(*this, r, from);
    }
    auto create(object::any_object const& o, api::create_options const&) -> result<object::object_ref> {
        if (auto e = failure()) return std::unexpected(*std::move(e));
        auto made = object::draft(o);
        auto& m = made.metadata();
        if (m.name.empty()) m.name = m.generate_name + std::to_string(rev_);
        if (m.uid.empty()) m.uid = "uid-" + std::to_string(rev_);
        if (get(o.resource(), m.where(), {})) return fail(error_code::already_exists, "taken");
        auto out = put(std::move(made).finish());
        if (std::exchange(losing_, false)) return fail(error_code::timeout, "no answer came");
        return out;
    }
    auto update(object::any_object const& o, api::update_options const& how) -> result<object::object_ref> {
        auto const there = get(o.resource(), o.metadata().where(), {});
        if (!there) return there;
        if (how.expected != 0 && how.expected != there->rev)
            return fail(error_code::conflict, "changed meanwhile");
        return put(o);
    }
    auto patch(object::resource_name const&, object::key const&, api::patch const&, api::patch_options const&)
        -> result<object::object_ref> {
        return fail(error_code::method_not_allowed, "no patches here");
    }
    auto remove(object::resource_name const& r, object::key const& k, api::delete_options const&)
        -> result<api::deletion> {
        auto const there = get(r, k, {});
        if (!there) return std::unexpected(there.error());
        erase(r, k);
        return api::deletion{true, *there};
    }
    auto act(object::resource_name const&, object::key const&, std::string_view, object::any_object const&,
             api::create_options const&) -> result<object::object_ref> {
        return fail(error_code::method_not_allowed, "no actions here");
    }
    auto changed() -> wake_signal& { return changed_; }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        return api::one_by_one(*this, batch);
    }

private:
    auto failure() -> std::optional<error> {
        if (failing_.empty()) return std::nullopt;
        auto e = failing_.front();
        failing_.pop_front();
        return e;
    }
    auto matching(object::resource_name const& r) const -> std::vector<object::object_ref> {
        auto out = std::vector<object::object_ref>();
        for (auto const& [name, o] : objects_)
            if (name.first == r.plural) out.push_back(o);
        return out;
    }

    std::map<std::pair<std::string_view, object::key>, object::object_ref> objects_;
    std::vector<api::watch_event> log_;
    std::deque<error> failing_;
    std::pair<object::revision, std::vector<object::object_ref>> page_of_;
    object::revision rev_ = 10;
    object::revision compacted_ = 0;
    std::uint64_t line_ = 0;
    int lists_ = 0;
    int streamed_ = 0;
    bool streams_ = true;
    bool losing_ = false;
    wake_signal changed_;
};
static_assert(api::client<toy_api>);

} // namespace things
