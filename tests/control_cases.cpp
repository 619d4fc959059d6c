/// \file
/// Runs controllers over random states of the world until they want nothing more, and compares what is there
/// then with what the controllers of Kubernetes left. Prints how many agree by controller, the first
/// differences, and the sum.
///
///     control_cases CASES VERDICTS [--show N] [--only ID]

#include "cases/file.hpp"
#include "control_cases/autoscalers.hpp"
#include "control_cases/compare.hpp"
#include "control_cases/cron_jobs.hpp"
#include "control_cases/quotas.hpp"
#include "control_cases/still_world.hpp"

#include <berth/kube/apps/daemon_set/controller.hpp>
#include <berth/kube/apps/deployment/controller.hpp>
#include <berth/kube/apps/replica_set/controller.hpp>
#include <berth/kube/apps/stateful_set/controller.hpp>
#include <berth/kube/batch/job/controller.hpp>
#include <berth/kube/discovery/endpoint_slice/controller.hpp>
#include <berth/kube/policy/pod_disruption_budget/controller.hpp>
#include <berth/kube/registry.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/encode.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace berth;
namespace json = boost::json;

auto type_of_kind(std::string_view kind) -> object::type_info const* {
    for (auto const* const t :
         {&object::type_of<kube::horizontal_pod_autoscaler>(), &object::type_of<api::scale>()})
        if (t->resource->kind == kind) return t;
    static auto const known = kube::registry();
    for (auto const& k : known.kinds())
        if (k.resource->kind == kind) return k.type;
    return nullptr;
}

/// Puts the objects of a case into a world; says what is wrong with them.
auto fill(reconcile::world& w, json::array const& objects) -> std::string {
    for (auto const& o : objects) {
        auto const* const type = type_of_kind(control_cases::text_of(o.at("kind")));
        if (type == nullptr) return "a kind that this controller has nothing to do with";
        auto made = object::draft(*type);
        auto d = object::decoder(object::unknown_members::keep);
        if (auto const ok = d.decode_document(o.as_object(), *type, made.data()); !ok)
            return ok.error().message;
        w.add(std::move(made).finish());
    }
    return {};
}

/// What is there of some kinds, without the uids of what was made on the way.
auto state_of(reconcile::world const& w, std::vector<object::type_info const*> const& kinds) -> json::array {
    auto out = json::array();
    for (auto const* const type : kinds)
        for (object::object_ref const& o : w.find(*type)->all()) {
            auto d = object::draft(o.object);
            auto& m = d.metadata();
            if (m.uid.starts_with("made-")) {
                m.uid.clear();
                if (auto const star = m.name.find('*'); star != std::string::npos) m.name.resize(star + 1);
            }
            auto text = std::string();
            object::append_document(text, *type, d.data(), 0);
            out.push_back(json::parse(text));
        }
    return out;
}

struct answer {
    json::array state;
    std::string problem;
};

template <class Controller, class... Kinds> auto run(json::array const& objects) -> answer {
    auto const now = object::parse_time("2026-06-01T00:00:00Z").value();
    auto w = reconcile::world();
    control_cases::furnish<Controller>(w);
    auto out = answer{{}, fill(w, objects)};
    if (out.problem.empty()) out.problem = control_cases::come_to_rest(Controller(), w, now);
    out.state = state_of(w, {&object::type_of<Kinds>()...});
    return out;
}

auto controllers() -> auto const& {
    static auto const all = std::map<std::string, answer (*)(json::array const&)>{
        {"daemonset",
         &run<kube::daemon_set_controller, kube::pod, kube::daemon_set, kube::controller_revision>},
        {"deployment", &run<kube::deployment_controller, kube::replica_set, kube::deployment>},
        {"disruption", &run<kube::disruption_controller, kube::pod_disruption_budget>},
        {"endpointslice", &run<kube::endpoint_slice_controller, kube::endpoint_slice>},
        {"job", &run<kube::job_controller, kube::pod, kube::job>},
        {"replicaset", &run<kube::replica_set_controller, kube::pod, kube::replica_set>},
        {"statefulset", &run<kube::stateful_set_controller, kube::pod, kube::stateful_set,
                             kube::persistent_volume_claim, kube::controller_revision>},
    };
    return all;
}

/// Judges a case that is of another shape: says what differs.
using judge = std::string (*)(reconcile::world& w, json::object const& a_case, json::object const& verdict);

auto judges() -> auto const& {
    static auto const all = std::map<std::string, judge>{
        {"cronjob", &control_cases::cron_job_differs},
        {"horizontalpodautoscaler", &control_cases::autoscaler_differs},
        {"resourcequota", &control_cases::quota_differs},
    };
    return all;
}

auto print_differences(std::vector<std::string> const& expected, std::vector<std::string> const& actual)
    -> void {
    auto const print = [](char const* what, auto const& from, auto const& other) {
        for (auto const& line : from)
            if (std::find(other.begin(), other.end(), line) == other.end()) std::cout << what << line << "\n";
    };
    print("  expected ", expected, actual);
    print("  actual   ", actual, expected);
    if (expected.size() != actual.size())
        std::cout << "  " << expected.size() << " objects expected, " << actual.size() << " are there\n";
}

class session {
public:
    session(int show, std::string only) : left_to_show_(show), only_(std::move(only)) {}

    auto take(std::string_view a_case, std::string_view a_verdict) -> void {
        auto const c = json::parse({a_case.data(), a_case.size()});
        auto const v = json::parse({a_verdict.data(), a_verdict.size()});
        auto const id = std::string(control_cases::text_of(c.at("id")));
        if (!only_.empty() && id != only_) return;
        auto const controller = std::string(control_cases::text_of(c.at("controller")));
        auto& t = tallies_[controller];
        if (auto const other = judges().find(controller); other != judges().end())
            return take_other(other->second, c.as_object(), v.as_object(), t);
        auto const found = controllers().find(controller);
        if (found == controllers().end()) {
            ++t.not_built;
            return;
        }
        auto const result = found->second(c.at("objects").as_array());
        auto const expected = control_cases::comparable(v.at("final").as_array());
        auto const actual = control_cases::comparable(result.state);
        auto const same = result.problem.empty() && expected == actual && c.at("id") == v.at("id");
        ++(same ? t.passed : t.failed);
        if (same || left_to_show_-- <= 0) return;
        std::cout << "differs: " << id << " " << result.problem << "\n";
        print_differences(expected, actual);
    }

    auto take_other(judge differs, json::object const& c, json::object const& v, cases::tally& t) -> void {
        auto w = reconcile::world();
        auto problem = fill(w, c.at("objects").as_array());
        if (problem.empty()) problem = differs(w, c, v);
        ++(problem.empty() ? t.passed : t.failed);
        if (problem.empty() || left_to_show_-- <= 0) return;
        std::cout << "differs: " << control_cases::text_of(c.at("id")) << " " << problem << "\n";
    }

    auto report() const -> bool { return cases::report(tallies_, 24); }

private:
    int left_to_show_;
    std::string only_;
    cases::tallies tallies_;
};

} // namespace

auto main(int argc, char** argv) -> int {
    if (argc < 3) {
        std::cerr << "usage: control_cases CASES VERDICTS [--show N] [--only ID]\n";
        return 2;
    }
    auto show = 3;
    auto only = std::string();
    for (auto i = 3; i + 1 < argc; i += 2) {
        if (std::string_view(argv[i]) == "--show") show = std::atoi(argv[i + 1]);
        if (std::string_view(argv[i]) == "--only") only = argv[i + 1];
    }
    auto all = session(show, only);
    try {
        auto const texts = std::pair(cases::read_whole(argv[1]), cases::read_whole(argv[2]));
        auto const asked = cases::lines_of(texts.first);
        auto const verdicts = cases::lines_of(texts.second);
        if (asked.empty() || asked.size() != verdicts.size()) {
            std::cerr << "cannot read as many verdicts as cases\n";
            return 2;
        }
        for (std::size_t i = 0; i < asked.size(); ++i) all.take(asked[i], verdicts[i]);
    } catch (std::exception const& problem) {
        std::cerr << "these are not control cases: " << problem.what() << "\n";
        return 2;
    }
    return all.report() ? 0 : 1;
}
