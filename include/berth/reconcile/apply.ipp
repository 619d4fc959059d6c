#pragma once

/// \file
/// The bodies of `berth/reconcile/apply.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/apply.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace berth::reconcile {

namespace detail {

/// `text` with every `{word}` replaced.
[[nodiscard]] inline auto fill_in(std::string text, std::string_view word, std::string_view value)
    -> std::string {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
    return text;
}

/// Whether an apply was refused because somebody else owns fields of it.
[[nodiscard]] inline auto is_ownership(error const& why) -> bool {
    auto const& all = why.details.causes;
    return std::any_of(all.begin(), all.end(),
                       [](auto const& c) { return c.reason == "FieldManagerConflict"; });
}

/// One plan on its way through a client.
class plan_run {
public:
    plan_run(api::any_client const& client, note_sink record, apply_options const& how)
        : client_(&client), record_(record), how_(&how) {}

    auto run(plan const& p) -> outcome {
        if (how_->clock) begin_ = how_->clock();
        auto skipping = false;
        for (auto const& s : p.steps) {
            if (auto const* n = std::get_if<note>(&s)) tell(*n, skipping);
            else if (skipping) skip(s, step_outcome::skipped);
            else if (spent()) skip(s, step_outcome::cut);
            else if (std::holds_alternative<require_step>(s)) skipping = !try_step(s);
            else skipping = !try_step(s) && p.policy == on_failure::stop;
        }
        return std::move(out_);
    }

private:
    /// The outcome of the step before a note.
    enum class before : std::uint8_t { none, succeeded, failed };

    /// Whether the budget is. A plan that has one is never stopped before its first write.
    [[nodiscard]] auto spent() const -> bool {
        auto const& b = how_->budget;
        if (out_.steps == 0) return false;
        if (b.steps != 0 && out_.steps >= b.steps) return true;
        return b.time > duration{} && how_->clock && how_->clock() - begin_ >= b.time;
    }
    auto skip(step const& s, step_outcome why) -> void {
        out_.complete = false;
        before_ = before::none;
        if (why == step_outcome::cut) ++out_.cut;
        report(s, why, {});
    }
    auto report(step const& s, step_outcome what, std::string const& error) -> void {
        if (how_->tell_steps) out_.story.push_back({to_string(s), what, error});
    }
    auto try_step(step const& s) -> bool {
        auto done = std::visit([this](auto const& one) { return this->carry_out(one); }, s);
        if (!done) return refused(s, std::move(done).error()), false;
        report(s, step_outcome::done, {});
        if (std::holds_alternative<require_step>(s)) return true;
        ++out_.steps;
        before_ = before::succeeded;
        name_ = done->what.where.name;
        out_.writes.push_back(*std::move(done));
        return true;
    }
    auto refused(step const& s, error why) -> void {
        before_ = before::failed;
        error_ = why.message;
        out_.complete = false;
        auto const* const written = resource_of(s);
        if (is_doubtful(why) && written != nullptr) out_.doubtful.push_back(written);
        if (is_stale(s, why)) {
            ++out_.conflicts;
            return report(s, step_outcome::conflict, why.message);
        }
        if (why.code == error_code::too_many_requests) {
            ++out_.put_off;
            out_.wait = std::max(out_.wait, seconds(why.details.retry_after_seconds));
            return report(s, step_outcome::soon, why.message);
        }
        report(s, step_outcome::failed, why.message);
        out_.failures.push_back({s, std::move(why)});
    }

    /// After a step that stopped the plan, the notes right behind it may still be about its failure.
    auto tell(note const& n, bool stopped) -> void {
        auto const wanted = n.condition == note::when::always ||
                            (n.condition == note::when::failed) == (before_ == before::failed);
        if (!wanted || (stopped && before_ != before::failed)) return;
        auto told = n;
        told.message = fill_in(fill_in(std::move(told.message), "{name}", name_), "{error}", error_);
        record_(told);
        ++out_.notes;
    }

    /// The revision that an object must be at: after a write by this very plan, that of the write.
    auto expected(object::resource_name const& r, key const& where, object::revision based_on) const
        -> object::revision {
        if (based_on == 0) return 0;
        for (auto const& w : out_.writes)
            if (w.what.where == where && *w.what.resource == r && w.rev > based_on) based_on = w.rev;
        return based_on;
    }
    static auto written(object::object_ref const& o) -> own_write {
        return {reference(o.object), o.rev, false};
    }
    static auto written(result<object::object_ref> r) -> result<own_write> {
        if (!r) return std::unexpected(std::move(r).error());
        return written(*r);
    }

    auto carry_out(create_step const& s) -> result<own_write> {
        return written(client_->create(s.object, api::create_options{}));
    }
    auto carry_out(update_step const& s) -> result<own_write> {
        auto options = api::update_options{};
        options.subresource = s.subresource;
        options.expected = expected(s.object.resource(), s.object.metadata().where(), s.based_on);
        return written(client_->update(s.object, options));
    }
    auto carry_out(patch_step const& s) -> result<own_write> {
        auto options = api::patch_options{};
        options.subresource = s.subresource;
        options.expected = expected(*s.target.resource, s.target.where, s.based_on);
        return written(
            client_->patch(*s.target.resource, s.target.where, api::patch{s.type, s.body}, options));
    }
    auto carry_out(apply_step const& s) -> result<own_write> {
        auto options = api::patch_options{};
        options.subresource = s.subresource;
        options.field_manager = s.manager.empty() ? std::string(how_->manager) : s.manager;
        options.force = s.force;
        return written(client_->apply(*s.target.resource, s.target.where, s.body, options));
    }
    auto carry_out(require_step const& s) -> result<own_write> {
        auto const& r = s.target;
        auto const there = client_->get(*r.resource, r.where, {});
        if (!there && there.error().code != error_code::not_found) return std::unexpected(there.error());
        auto const moved_on = [&](std::string const& how) {
            return fail(error_code::conflict, std::string(r.resource->singular) + ' ' + r.where.to_string() +
                                                  ' ' + how + " since the plan was decided");
        };
        if (!there) return s.at == 0 ? result<own_write>() : moved_on("went away");
        if (s.at == 0) return moved_on("has come");
        auto const at = expected(*r.resource, r.where, s.at);
        return there->rev == at ? result<own_write>() : moved_on("has changed");
    }
    auto carry_out(remove_step const& s) -> result<own_write> {
        auto options = api::delete_options{};
        options.grace_period_seconds = s.grace_seconds;
        options.policy = s.policy;
        options.expected_uid = s.target.uid;
        if (auto const rev = expected(*s.target.resource, s.target.where, s.based_on); rev != 0)
            options.expected_resource_version = std::to_string(rev);
        auto done = client_->remove(*s.target.resource, s.target.where, options);
        if (!done) return std::unexpected(std::move(done).error());
        return own_write{s.target, done->object.rev, true};
    }
    auto carry_out(act_step const& s) -> result<own_write> {
        auto done = client_->act(*s.target.resource, s.target.where, s.action, s.body, api::create_options{});
        if (!done) return std::unexpected(std::move(done).error());
        return own_write{s.target, done->rev, false};
    }
    auto carry_out(note const&) -> result<own_write> { return own_write{}; }

    api::any_client const* client_;
    note_sink record_;
    apply_options const* how_;
    time_point begin_;
    outcome out_;
    before before_ = before::none;
    std::string name_;
    std::string error_;
};

} // namespace detail

BERTH_DECL auto to_string(step_outcome f) -> std::string_view {
    constexpr std::string_view names[] = {"done", "conflict", "soon", "failed", "skipped", "cut"};
    return names[static_cast<std::size_t>(f)];
}

BERTH_DECL auto is_stale(step const& s, error const& why) -> bool {
    if (std::holds_alternative<apply_step>(s) && why.code == error_code::conflict)
        return !detail::is_ownership(why); // who owns a field does not change by looking again
    if (why.code == error_code::conflict || why.code == error_code::already_exists) return true;
    return why.code == error_code::not_found && !std::holds_alternative<create_step>(s);
}

BERTH_DECL auto apply(api::any_client const& client, plan const& p, note_sink record,
                      apply_options const& how) -> outcome {
    return detail::plan_run(client, record, how).run(p);
}

} // namespace berth::reconcile
