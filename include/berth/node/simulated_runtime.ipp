#pragma once

/// \file
/// The bodies of `berth/node/simulated_runtime.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/simulated_runtime.hpp>

#include <utility>

namespace berth::node {

BERTH_DECL auto simulated_runtime::start(container_spec const& spec, time_point now) -> result<container_id> {
    auto const place = rule_of(spec);
    auto const& rule = rule_at(place);
    if (rule.refuses) {
        auto& times = refused_[spec.name];
        if (rule.refuses_times < 0 || times < rule.refuses_times) {
            ++times;
            return std::unexpected(*rule.refuses);
        }
    }
    auto life = simulated_life{.rule = place, .started = now};
    if (rule.runs_for) {
        life.ends = now + *rule.runs_for;
        life.exit_code = rule.exit_code;
    } else if (spec.pretended) {
        life.ends = now + spec.pretended->after;
        life.exit_code = spec.pretended->exit_code;
    }
    return enter(std::move(life));
}

BERTH_DECL auto simulated_runtime::run(container_id id, action const& what, time_point now)
    -> result<container_id> {
    auto const found = lives_.find(id);
    if (found == lives_.end() || found->second.is_action)
        return fail(error_code::not_found, "the container has ended");
    auto const& rule = rule_at(found->second.rule);
    auto const age = now - found->second.started;
    auto const good = age >= rule.ready_after && (!rule.ready_until || age < *rule.ready_until);
    auto life = simulated_life{.started = now, .ends = now, .exit_code = good ? 0 : 1, .is_action = true};
    life.output = good ? "" : "simulated failure";
    if (auto const* const pause = std::get_if<pause_action>(&what)) {
        life.ends = now + pause->length;
        life.exit_code = 0;
    }
    return enter(std::move(life));
}

BERTH_DECL auto simulated_runtime::signal(container_id id, int number, time_point now) -> result<void> {
    auto const found = lives_.find(id);
    if (found == lives_.end()) return fail(error_code::not_found, "the container has ended");
    auto& life = found->second;
    auto const& rule = rule_at(life.rule);
    if (number != SIGKILL && (number != SIGTERM || rule.ignores_terminate)) return {};
    auto const end = number == SIGKILL ? now : now + rule.stops_after;
    if (life.ends && *life.ends <= end) return {};
    ends_at(id, life, end);
    life.exit_code = 128 + number;
    life.signal = number;
    return {};
}

BERTH_DECL auto simulated_runtime::poll(time_point now) -> std::vector<exit_report> {
    auto out = std::vector<exit_report>();
    while (!ends_.empty() && ends_.begin()->first <= now) {
        auto const [at, id] = *ends_.begin();
        auto ended = lives_.extract(id);
        auto& life = ended.mapped();
        if (!life.is_action) --containers_;
        out.push_back({id, life.exit_code, life.signal, life.exit_code == 0 ? "Completed" : "Error",
                       std::move(life.output), at});
        ends_.erase(ends_.begin());
    }
    return out;
}

BERTH_DECL auto simulated_runtime::next(time_point) const -> wake {
    return ends_.empty() ? wake::signalled() : wake::at(ends_.begin()->first);
}

BERTH_DECL auto simulated_runtime::running() const -> std::vector<container_id> {
    auto out = std::vector<container_id>();
    for (auto const& [id, life] : lives_)
        if (!life.is_action) out.push_back(id);
    return out;
}

BERTH_DECL auto simulated_runtime::end(container_id id, int exit_code, time_point at) -> result<void> {
    auto const found = lives_.find(id);
    if (found == lives_.end()) return fail(error_code::not_found, "the container has ended");
    ends_at(id, found->second, at);
    found->second.exit_code = exit_code;
    return {};
}

BERTH_DECL auto simulated_runtime::rule_of(container_spec const& spec) const -> std::size_t {
    auto place = std::size_t{0};
    for (; place < options_.rules.size(); ++place) {
        auto const& rule = options_.rules[place];
        auto const image = rule.image.empty() || detail::matches_pattern(rule.image, spec.image);
        auto const name = rule.name.empty() || detail::matches_pattern(rule.name, spec.name);
        if (image && name) break;
    }
    return place;
}

BERTH_DECL auto simulated_runtime::rule_at(std::size_t place) const -> simulated_rule const& {
    static auto const none = simulated_rule{};
    return place < options_.rules.size() ? options_.rules[place] : none;
}

BERTH_DECL auto simulated_runtime::enter(simulated_life life) -> container_id {
    auto const id = container_id{++last_};
    if (life.ends) ends_.emplace(*life.ends, id);
    if (!life.is_action) ++containers_;
    lives_.emplace(id, std::move(life));
    return id;
}

BERTH_DECL auto simulated_runtime::ends_at(container_id id, simulated_life& life, time_point end) -> void {
    if (life.ends) ends_.erase({*life.ends, id});
    life.ends = end;
    ends_.emplace(end, id);
}

} // namespace berth::node
