/// \file
/// What does it cost to check a large custom object? One of about a mebibyte, such as a rule set or a
/// dashboard, is held against its structural schema as a creation does: types, bounds, patterns and required
/// members, then list types; and as an update does, with one change. The limit is what no server can leave
/// out: to parse the text.

#include <berth/api/check_document.hpp>

#include <benchmark/benchmark.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <string>

namespace {

namespace api = berth::api;
namespace object = berth::object;
namespace json = boost::json;

/// Rules in groups, as those of alerts are.
constexpr auto schema_text = R"({"type":"object","properties":{"spec":{"type":"object","required":["groups"],
"properties":{"groups":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
"items":{"type":"object","required":["name","rules"],"properties":{
"name":{"type":"string","minLength":1,"maxLength":253},
"interval":{"type":"string","pattern":"^[0-9]+(ms|s|m)$"},
"limit":{"type":"integer","minimum":0,"maximum":1000000},
"rules":{"type":"array","items":{"type":"object","required":["expr"],"properties":{
"alert":{"type":"string","maxLength":253},"expr":{"x-kubernetes-int-or-string":true,
"anyOf":[{"type":"integer"},{"type":"string"}]},"for":{"type":"string","pattern":"^[0-9]+(ms|s|m)$"},
"severity":{"type":"string","enum":["info","warning","critical"]},
"labels":{"type":"object","additionalProperties":{"type":"string"}}}}}}}}}}}})";

auto schema() -> object::document_schema {
    return object::document_schema::read(json::parse(schema_text).get_object());
}

auto document(int groups) -> json::value {
    auto all = json::array();
    for (auto g = 0; g < groups; ++g) {
        auto rules = json::array();
        for (auto r = 0; r < 10; ++r)
            rules.push_back({{"alert", "alert-" + std::to_string(r)},
                             {"expr", "sum by (namespace) (rate(requests_total{code=~\"5..\"}[5m])) > 10"},
                             {"for", "15m"},
                             {"severity", "warning"},
                             {"labels", {{"team", "web"}, {"page", "yes"}, {"runbook", "errors"}}}});
        all.push_back({{"name", "group-" + std::to_string(g)},
                       {"interval", "30s"},
                       {"limit", g},
                       {"rules", std::move(rules)}});
    }
    return {{"apiVersion", "example.com/v1"}, {"kind", "RuleSet"}, {"spec", {{"groups", std::move(all)}}}};
}

auto must_be_sound(api::field_errors const& errors) -> void {
    if (!errors.empty()) throw std::runtime_error(errors.causes().front().message);
}

auto parse(benchmark::State& state) -> void {
    auto const text = json::serialize(document(static_cast<int>(state.range(0))));
    for (auto _ : state) benchmark::DoNotOptimize(json::parse(text));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

auto check(benchmark::State& state) -> void {
    auto const value = document(static_cast<int>(state.range(0)));
    auto const s = schema();
    for (auto _ : state) {
        auto errors = api::field_errors();
        api::check_document(s, value, "", errors);
        api::check_list_types(s, value, "", errors);
        must_be_sound(errors);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json::serialize(value).size()));
}

auto check_update(benchmark::State& state) -> void {
    auto const before = document(static_cast<int>(state.range(0)));
    auto now = before;
    now.at("spec").at("groups").at(0).at("limit") = 77;
    auto const s = schema();
    for (auto _ : state) {
        auto errors = api::field_errors();
        api::check_document_update(s, now, before, "", errors);
        api::check_list_types(s, now, "", errors);
        must_be_sound(errors);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json::serialize(now).size()));
}

} // namespace

// 500 groups are 1.1 MiB.
BENCHMARK(parse)->Arg(50)->Arg(500);
BENCHMARK(check)->Arg(50)->Arg(500);
BENCHMARK(check_update)->Arg(50)->Arg(500);
