#pragma once

/// \file
/// The operations of the unit cases: each takes a case's input and answers as the case's output is written.

#include <berth/object/cron.hpp>
#include <berth/object/field_selector.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/names.hpp>
#include <berth/object/quantity.hpp>
#include <berth/object/selector.hpp>
#include <berth/object/time.hpp>
#include <berth/object/zone_info.hpp>

#include <boost/json.hpp>

#include <map>
#include <string>
#include <string_view>

namespace unit_cases {

namespace json = boost::json;
namespace object = berth::object;

struct operation {
    auto (*run)(json::object const& in) -> json::object;
    bool words_count = false; ///< the words of a refusal must agree as well
};

inline auto refused(std::string_view message) -> json::object {
    return {{"error", json::string_view(message.data(), message.size())}};
}

inline auto text_of(json::object const& in, char const* key) -> std::string_view {
    auto const& text = in.at(key).as_string();
    return {text.data(), text.size()};
}

inline auto name_of(object::quantity_format format) -> char const* {
    switch (format) {
    case object::quantity_format::decimal_si: return "DecimalSI";
    case object::quantity_format::binary_si: return "BinarySI";
    case object::quantity_format::decimal_exponent: return "DecimalExponent";
    }
    return "";
}

inline auto quantity(json::object const& in) -> json::object {
    auto const q = object::quantity::parse(text_of(in, "s"));
    if (!q) return refused(q.error().message);
    return {{"canonical", q->to_string()},
            {"format", name_of(q->format())},
            {"value", std::to_string(q->value())},
            {"milli", std::to_string(q->milli_value())},
            {"sign", q->sign()}};
}

inline auto quantity_pair(json::object const& in) -> json::object {
    auto const a = object::quantity::parse(text_of(in, "a"));
    auto const b = object::quantity::parse(text_of(in, "b"));
    if (!a || !b) return refused("one does not parse");
    auto const order = *a <=> *b;
    return {{"compare", order < 0 ? -1 : (order > 0 ? 1 : 0)},
            {"sum", (*a + *b).to_string()},
            {"difference", (*a - *b).to_string()}};
}

inline auto labels_of(json::object const& in) -> object::dictionary<std::string> {
    auto out = object::dictionary<std::string>();
    for (auto const& [key, value] : in.at("labels").as_object())
        out[std::string_view(key.data(), key.size())] = value.as_string().c_str();
    return out;
}

inline auto selector(json::object const& in) -> json::object {
    auto const s = object::selector::parse(text_of(in, "s"));
    if (!s) return refused(s.error().message);
    return {{"canonical", s->to_string()}, {"matches", s->matches(labels_of(in))}, {"empty", s->empty()}};
}

inline auto structured_selector(json::object const& in) -> object::label_selector {
    auto out = object::label_selector();
    if (auto const* labels = in.if_contains("matchLabels"))
        for (auto const& [key, value] : labels->as_object())
            out.match_labels[std::string_view(key.data(), key.size())] = value.as_string().c_str();
    if (auto const* expressions = in.if_contains("matchExpressions"))
        for (auto const& e : expressions->as_array()) {
            auto& one = out.match_expressions.emplace_back();
            one.key = text_of(e.as_object(), "key");
            one.operator_ = text_of(e.as_object(), "operator");
            for (auto const& value : e.at("values").as_array())
                one.values.emplace_back(value.as_string().c_str());
        }
    return out;
}

inline auto label_selector(json::object const& in) -> json::object {
    auto const structured = structured_selector(in.at("selector").as_object());
    auto const s = object::to_selector(structured);
    if (!s) return refused(s.error().message);
    return {
        {"canonical", s->to_string()}, {"matches", s->matches(labels_of(in))}, {"shown", shown(structured)}};
}

inline auto field_selector(json::object const& in) -> json::object {
    auto const s = object::field_selector::parse(text_of(in, "s"));
    if (!s) return refused(s.error().message);
    auto const fields = labels_of(in);
    return {{"canonical", s->to_string()},
            {"matches", s->matches([&](std::string_view field) { return fields.get(field); })}};
}

inline auto int_or_percent(json::object const& in) -> json::object {
    auto const& v = in.at("v");
    auto const given = v.is_string() ? object::int_or_string(std::string(text_of(in, "v")))
                                     : object::int_or_string(static_cast<std::int32_t>(v.as_int64()));
    auto const direction = in.at("up").as_bool() ? object::rounding::up : object::rounding::down;
    auto const value = given.scaled(in.at("total").as_int64(), direction);
    if (!value) return refused(value.error().message);
    return {{"value", *value}};
}

inline auto name(json::object const& in) -> json::object {
    auto const s = text_of(in, "s");
    auto out = json::object();
    auto const check = [&](char const* rule, bool ok, object::problems const& list) {
        auto messages = json::array();
        for (auto const& problem : list) messages.emplace_back(problem);
        out[rule] = {{"ok", ok}, {"messages", std::move(messages)}};
    };
    check("config-key", object::is_config_key(s), object::config_key_problems(s));
    check("dns1035-label", object::is_dns1035_label(s), object::dns1035_label_problems(s));
    check("dns1123-label", object::is_dns1123_label(s), object::dns1123_label_problems(s));
    check("dns1123-subdomain", object::is_dns1123_subdomain(s), object::dns1123_subdomain_problems(s));
    check("env-name", object::is_environment_name(s), object::environment_name_problems(s));
    check("http-header", object::is_http_header_name(s), object::http_header_name_problems(s));
    check("label-value", object::is_label_value(s), object::label_value_problems(s));
    check("port-name", object::is_port_name(s), object::port_name_problems(s));
    check("qualified-name", object::is_qualified_name(s), object::qualified_name_problems(s));
    check("wildcard", object::is_wildcard_subdomain(s), object::wildcard_subdomain_problems(s));
    return out;
}

inline auto cron(json::object const& in) -> json::object {
    auto const zone = object::load_time_zone(text_of(in, "zone"));
    if (!zone) return refused(zone.error().message);
    auto const schedule = object::cron::parse(text_of(in, "s"));
    if (!schedule) return refused(schedule.error().message);
    auto at = object::parse_time(text_of(in, "from"));
    if (!at) return refused(at.error().message);
    auto times = json::array();
    for (auto next = schedule->next(*at, *zone); next && times.size() < 6;
         next = schedule->next(*next, *zone))
        times.emplace_back(object::timestamp(*next).to_string());
    return {{"next", std::move(times)}};
}

} // namespace unit_cases
