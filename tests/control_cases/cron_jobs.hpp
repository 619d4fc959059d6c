#pragma once

/// \file
/// Cases of cron jobs: which jobs there are in the end, what the status tells, and when to look again.

#include "compare.hpp"
#include "still_world.hpp"

#include <berth/kube/batch/cron_job/controller.hpp>
#include <berth/object/encode.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace control_cases {

/// An object as text, times included, but for when a job was made that the controller made.
inline auto exact_text(json::value v) -> std::string {
    auto& m = v.as_object().at("metadata").as_object();
    auto const* const uid = m.if_contains("uid");
    if (uid != nullptr && text_of(*uid).starts_with("made-")) m.erase("creationTimestamp");
    return json::serialize(plain(v, true));
}

template <object::kind_type T> auto exact_texts(reconcile::world const& w) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (object::object_ref const& o : w.find(object::type_of<T>())->all()) {
        auto text = std::string();
        object::append_document(text, object::type_of<T>(), o.object.data(), 0);
        out.push_back(exact_text(json::parse(text)));
    }
    std::sort(out.begin(), out.end());
    return out;
}

inline auto exact_texts(json::value const* list) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    if (list == nullptr) return out;
    for (auto const& o : list->as_array()) out.push_back(exact_text(o));
    std::sort(out.begin(), out.end());
    return out;
}

inline auto listed(std::vector<std::string> const& lines) -> std::string {
    auto out = std::string();
    for (auto const& line : lines) out += "\n  " + line;
    return out;
}

/// What differs from a verdict `{jobs, cronjob, again_after_seconds}`; nothing, if nothing does.
inline auto cron_job_differs(reconcile::world& w, json::object const& a_case, json::object const& verdict)
    -> std::string {
    auto const now = object::parse_time(text_of(a_case.at("now"))).value();
    auto const controller = kube::cron_job_controller();
    furnish<kube::cron_job_controller>(w);
    auto const key = w.find(object::type_of<kube::cron_job>())->all<kube::cron_job>().begin();
    auto const where = (*key)->metadata.where();
    if (auto problem = come_to_rest(controller, w, now, recall::last_look); !problem.empty()) return problem;
    auto out = std::string();
    auto const compare = [&](std::vector<std::string> const& actual,
                             std::vector<std::string> const& expected) {
        if (actual != expected)
            out += "there is" + listed(actual) + "\n instead of" + listed(expected) + "\n";
    };
    compare(exact_texts<kube::job>(w), exact_texts(verdict.if_contains("jobs")));
    compare(exact_texts<kube::cron_job>(w), {exact_text(verdict.at("cronjob"))});
    auto const again = controller.reconcile(w.at(now), where, {}).plan.again_after;
    auto const* const wanted = verdict.if_contains("again_after_seconds");
    auto const seconds = again ? std::to_string(again->nanoseconds / 1'000'000'000) : "never";
    auto const expected = wanted != nullptr ? json::serialize(*wanted) : "never";
    if (seconds != expected) out += "it looks again after " + seconds + " instead of " + expected;
    return out;
}

} // namespace control_cases
