/// \file
/// Every struct that is described anywhere in the library keeps the laws of all values.

#include "../object/arbitrary.hpp"

#include <berth/api/http/delete_options.hpp>
#include <berth/api/protobuf.hpp>
#include <berth/api/protobuf_encode.hpp>
#include <berth/api/scale.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/type.hpp>
#include <berth/kube/metrics/board.hpp>
#include <berth/kube/registry.hpp>
#include <berth/kube/schedule/configuration/type.hpp>
#include <berth/kube/schedule/decision.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;

namespace {

using types = std::map<std::string_view, object::type_info const*>;

/// Adds a type and all records that it consists of.
auto collect(types& out, object::type_info const& type) -> void {
    if (type.contained != nullptr) return collect(out, type.element());
    if (type.form != object::shape::record || !out.emplace(type.name, &type).second) return;
    for (auto const& f : type.members) collect(out, f.type());
}

/// All described structs that kinds, and the bodies of requests, are made of.
auto all_types() -> types {
    auto out = types();
    auto known = kube::registry();
    kube::add_metrics(known, std::make_shared<kube::metrics_board>());
    for (auto const& k : known.kinds()) {
        if (k.owner) continue; // its type goes with the registry
        collect(out, *k.type);
        for (auto const& s : k.subresources)
            if (auto const* const a = std::get_if<api::action>(&s.does)) collect(out, *a->body);
    }
    collect(out, object::type_of<api::scale>());
    collect(out, object::type_of<object::condition>());
    collect(out, object::type_of<api::delete_document>());
    collect(out, object::type_of<kube::decision>());
    collect(out, object::type_of<kube::configuration::file>());
    collect(out, object::type_of<kube::configuration::fit_arguments>());
    collect(out, object::type_of<kube::configuration::balance_arguments>());
    collect(out, object::type_of<kube::configuration::affinity_arguments>());
    collect(out, object::type_of<kube::configuration::spread_arguments>());
    collect(out, object::type_of<kube::configuration::company_arguments>());
    collect(out, object::type_of<kube::configuration::preemption_arguments>());
    collect(out, object::type_of<kube::configuration::binding_arguments>());
    collect(out, object::type_of<kube::metric_v1>());
    return out;
}

/// The names of all schemas that the headers describe.
auto described_names(std::string const& source) -> std::vector<std::string> {
    auto const macro = std::regex(R"re(BERTH_DESCRIBE\(\s*\w+,\s*"([^"]*)")re");
    auto out = std::vector<std::string>();
    for (auto const& file : std::filesystem::recursive_directory_iterator(source + "/include/berth")) {
        if (file.path().extension() != ".hpp" || file.path().filename() == "reflect.hpp" ||
            file.path().filename() == "describe_macro.hpp")
            continue;
        auto in = std::ifstream(file.path());
        auto const text = std::string(std::istreambuf_iterator<char>(in), {});
        for (auto m = std::sregex_iterator(text.begin(), text.end(), macro); m != std::sregex_iterator(); ++m)
            out.push_back((*m)[1]);
    }
    return out;
}

/// Whether a value, without what has no number, comes back from protobuf.
auto survives_protobuf(object::type_info const& type, berth::random_engine& draw) -> bool {
    auto const sent = laws::value(type, draw, {.unknown = false});
    auto bytes = std::string();
    api::detail::protobuf_encoder(bytes).write_record(type, sent.data());
    auto got = laws::value(type);
    auto const read = api::detail::protobuf_decoder(bytes.size()).read_message(bytes, type, got.data());
    if (!read || got.text() != sent.text()) UNSCOPED_INFO(sent.text() << "\n" << got.text());
    return read && got == sent;
}

auto all_numbered(object::type_info const& type) -> bool {
    for (auto const& f : type.members)
        if (f.number == 0) return false;
    return true;
}

} // namespace

TEST_CASE("no described struct is forgotten here") {
    auto const* const source = std::getenv("BERTH_SOURCE"); // NOLINT(concurrency-mt-unsafe)
    REQUIRE(source != nullptr);
    auto const known = all_types();
    auto const names = described_names(source);
    CHECK(names.size() > 150);
    for (auto const& name : names) {
        CAPTURE(name);
        CHECK(known.contains(name));
    }
}

TEST_CASE("every described struct keeps the laws of all values") {
    auto draw = berth::random_engine(1);
    for (auto const& [name, type] : all_types()) {
        CAPTURE(name);
        for (auto n = 0; n < 20; ++n) {
            auto const a = laws::value(*type, draw);
            auto const b = laws::value(*type, draw);
            REQUIRE(laws::broken_by(a, b) == "");
            REQUIRE(laws::notices_changes(a));
        }
    }
}

TEST_CASE("every described struct whose members have numbers comes back from protobuf") {
    auto draw = berth::random_engine(2);
    auto tried = 0;
    for (auto const& [name, type] : all_types()) {
        CAPTURE(name);
        auto inner = types();
        collect(inner, *type);
        auto numbered = true;
        for (auto const& [part, t] : inner) numbered = numbered && all_numbered(*t);
        if (!numbered) continue;
        ++tried;
        for (auto n = 0; n < 20; ++n) REQUIRE(survives_protobuf(*type, draw));
    }
    CHECK(tried > 150);
}
