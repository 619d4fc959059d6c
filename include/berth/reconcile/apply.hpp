#pragma once

/// \file
/// Carries out a plan through a client, each step on the condition that nothing has changed since it was
/// decided.

#include <berth/api/client.hpp>
#include <berth/reconcile/plan.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::reconcile {

/// What became of an object by a step.
struct own_write {
    reference what;
    object::revision rev = 0; ///< of the write
    bool removed = false;     ///< it was deleted, or is on its way

    friend auto operator==(own_write const&, own_write const&) -> bool = default;
};

/// What became of a plan.
struct outcome {
    std::vector<own_write> writes;
    std::vector<failure> failures; ///< without the conflicts
    std::size_t steps = 0;         ///< that were carried out
    std::size_t conflicts = 0;     ///< that were refused because the world has moved on
    std::size_t notes = 0;         ///< that were handed to the recorder
    /// Kinds of steps of which nobody knows whether they were carried out: the answer was lost.
    std::vector<object::resource_name const*> doubtful;
    bool complete = true; ///< false: some steps were not carried out
};

/// Whether an error of a step only says that the decision was made from an old world: look again.
[[nodiscard]] inline auto is_stale(step const& s, error const& why) -> bool {
    if (why.code == error_code::conflict || why.code == error_code::already_exists) return true;
    return why.code == error_code::not_found && !std::holds_alternative<create_step>(s);
}

/// Whether an error leaves open whether the step was carried out.
[[nodiscard]] inline auto is_doubtful(error const& why) -> bool {
    return why.code == error_code::timeout || why.code == error_code::unavailable;
}

namespace detail {

/// `text` with every `{word}` replaced.
[[nodiscard]] inline auto fill_in(std::string text, std::string_view word, std::string_view value)
    -> std::string {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
    return text;
}

/// One plan on its way through a client.
template <api::client Client> class applying {
public:
    explicit applying(Client& client) : client_(&client) {}

    template <class Recorder> auto run(plan const& p, Recorder&& record) -> outcome {
        auto skipping = false;
        for (auto const& s : p.steps) {
            if (auto const* n = std::get_if<note>(&s)) tell(*n, skipping, record);
            else if (skipping) out_.complete = false;
            else skipping = !try_step(s) && p.policy == on_failure::stop;
        }
        return std::move(out_);
    }

private:
    /// The outcome of the step before a note.
    enum class before : std::uint8_t { none, succeeded, failed };

    auto try_step(step const& s) -> bool {
        auto done = std::visit([this](auto const& one) { return this->carry_out(one); }, s);
        if (done) {
            ++out_.steps;
            before_ = before::succeeded;
            name_ = done->what.where.name;
            out_.writes.push_back(*std::move(done));
            return true;
        }
        before_ = before::failed;
        error_ = done.error().message;
        out_.complete = false;
        if (is_doubtful(done.error())) out_.doubtful.push_back(resource_of(s));
        if (is_stale(s, done.error())) ++out_.conflicts;
        else out_.failures.push_back({s, std::move(done).error()});
        return false;
    }

    /// After a step that stopped the plan, the notes right behind it may still be about its failure.
    template <class Recorder> auto tell(note const& n, bool stopped, Recorder& record) -> void {
        auto const wanted = n.condition == note::when::always ||
                            (n.condition == note::when::failed) == (before_ == before::failed);
        if (!wanted || (stopped && before_ != before::failed)) return;
        auto told = n;
        told.message = fill_in(fill_in(std::move(told.message), "{name}", name_), "{error}", error_);
        record(std::as_const(told));
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
        return written(api::create(*client_, s.object));
    }
    auto carry_out(update_step const& s) -> result<own_write> {
        auto options = api::update_options{};
        options.subresource = s.subresource;
        options.expected = expected(s.object.resource(), s.object.metadata().where(), s.based_on);
        return written(api::update(*client_, s.object, options));
    }
    auto carry_out(patch_step const& s) -> result<own_write> {
        auto options = api::patch_options{};
        options.subresource = s.subresource;
        options.expected = expected(*s.target.resource, s.target.where, s.based_on);
        return written(
            api::patch_object(*client_, *s.target.resource, s.target.where, {s.type, s.body}, options));
    }
    auto carry_out(remove_step const& s) -> result<own_write> {
        auto options = api::delete_options{};
        options.grace_period_seconds = s.grace_seconds;
        options.policy = s.policy;
        options.expected_uid = s.target.uid;
        if (auto const rev = expected(*s.target.resource, s.target.where, s.based_on); rev != 0)
            options.expected_resource_version = std::to_string(rev);
        auto done = api::remove(*client_, *s.target.resource, s.target.where, options);
        if (!done) return std::unexpected(std::move(done).error());
        return own_write{s.target, done->object.rev, true};
    }
    auto carry_out(act_step const& s) -> result<own_write> {
        auto done = api::act(*client_, *s.target.resource, s.target.where, s.action, s.body);
        if (!done) return std::unexpected(std::move(done).error());
        return own_write{s.target, done->rev, false};
    }
    auto carry_out(note const&) -> result<own_write> { return own_write{}; }

    Client* client_;
    outcome out_;
    before before_ = before::none;
    std::string name_;
    std::string error_;
};

} // namespace detail

/// Carries out the steps of a plan in order, and hands its notes to `record(note const&)`.
template <api::client Client, class Recorder>
[[nodiscard]] auto apply(Client& client, plan const& p, Recorder&& record) -> outcome {
    return detail::applying<Client>(client).run(p, record);
}

} // namespace berth::reconcile
