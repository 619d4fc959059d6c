#pragma once

/// \file
/// Small kinds for the tests of the API, and a server over them in virtual time.

#include <berth/api/server.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/memory.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace yard {

using namespace berth;

struct sailor {
    std::string name;
    std::string role;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(sailor, "test.v1.Sailor", (name, .required = true, .always = true, .number = 1),
                   (role, .number = 2))
};
struct boat_spec {
    std::string color;
    std::int32_t seats = 0;
    std::vector<sailor> crew;
    object::string_map marks;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(boat_spec, "test.v1.BoatSpec", (color, .number = 1), (seats, .number = 2),
                   (crew, .merge_key = "name", .patch = object::patch_strategy::merge, .number = 3),
                   (marks, .number = 4))
};
struct boat_status {
    bool afloat = false;
    std::int32_t seated = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(boat_status, "test.v1.BoatStatus", (afloat, .number = 1), (seated, .number = 2))
};
/// Has everything: generations, a status, a scale, an action, a field label of its own.
struct boat {
    static constexpr object::resource_name resource{"test", "v1", "Boat", "boats", "boat", true};
    object::meta metadata;
    boat_spec spec;
    boat_status status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(boat, "test.v1.Boat", (metadata, .number = 1), (spec, .number = 2), (status, .number = 3))
};
/// Is deleted with grace.
struct ferry {
    static constexpr object::resource_name resource{"test", "v1", "Ferry", "ferries", "ferry", true};
    object::meta metadata;
    std::string route;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(ferry, "test.v1.Ferry", (metadata, .number = 1), (route, .number = 2))
};
/// Belongs to no namespace, and has no checks besides its description.
struct pier {
    static constexpr object::resource_name resource{"", "v1", "Pier", "piers", "pier", false};
    object::meta metadata;
    std::string place;
    std::string wood;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(pier, "v1.Pier", (metadata, .number = 1), (place, .number = 2),
                   (wood, .immutable = true, .values = "oak,pine", .number = 3))
};
/// The body of an action: gives a boat its pier.
struct mooring {
    static constexpr object::resource_name resource{"test", "v1", "Mooring", "moorings", "mooring", true};
    object::meta metadata;
    std::string pier;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(mooring, "test.v1.Mooring", (metadata, .number = 1), (pier, .number = 2))
};

inline auto moor(boat& b, void const* body, api::action_context const&) -> result<object::any_object> {
    if (b.spec.marks.contains("pier")) return fail(error_code::conflict, "the boat has a pier");
    b.spec.marks["pier"] = static_cast<mooring const*>(body)->pier;
    return object::any_object();
}

inline auto check_boat(boat const& b, api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    if (b.spec.seats < 0) errors.invalid(spec.child("seats"), b.spec.seats, "must not be negative");
}

inline auto boat_kind() -> api::kind_of<boat> {
    auto k = api::kind_of<boat>{};
    k.generation = api::generation_rule::spec;
    k.set_defaults = [](boat& b) {
        if (b.spec.color.empty()) b.spec.color = "white";
    };
    k.validate = check_boat;
    k.validate_update = [](boat const& now, boat const& before, api::field_errors& errors) {
        check_boat(now, errors);
        auto const spec = api::field_path("spec");
        if (before.spec.color == "black" && now.spec.color != "black")
            errors.forbidden(spec.child("color"), "black is for ever");
    };
    k.warnings = [](boat const& now, boat const*) {
        return now.spec.color == "pink" ? std::vector<std::string>{"pink fades"} : std::vector<std::string>{};
    };
    k.field_labels = {{"spec.color", [](boat const& b) { return b.spec.color; }}};
    constexpr auto seats = [](boat const& b) {
        return api::scale_state{b.spec.seats, b.status.seated, "app=x"};
    };
    constexpr auto set_seats = [](boat& b, std::int32_t n) { b.spec.seats = n; };
    k.subresources = {api::scale_subresource<seats, set_seats, boat>(),
                      api::action_of<boat>{"mooring", &object::type_of<mooring>(), &moor}};
    return k;
}

inline auto ferry_kind() -> api::kind_of<ferry> {
    auto k = api::kind_of<ferry>{};
    k.grace = [](ferry const&, std::optional<std::int64_t> asked) -> std::optional<std::int64_t> {
        return asked.value_or(30);
    };
    k.unconditional_update = false;
    return k;
}

inline auto kinds() -> api::registry {
    auto out = api::registry();
    auto p = api::kind_of<pier>{};
    p.create_on_update = true;
    out.add(boat_kind()).add(ferry_kind()).add(std::move(p));
    return out;
}

/// A server over an empty store of values of type `V`, which puts aside at once what is superseded.
template <class V> struct basic_desk {
    using store_type = store::memory<V>;

    store_type objects{{.whole_changes = 0}};
    api::registry known = kinds();
    sim::virtual_clock clock;
    api::server server;

    explicit basic_desk(api::admission_chain admission = {})
        : server(objects, known, {[this] { return clock.now(); }, 1, std::move(admission)}) {}

    [[nodiscard]] auto of(object::resource_name const& r) const -> api::kind const* { return known.find(r); }
};
using desk = basic_desk<object::any_object>;

inline auto make_boat(std::string name, std::string color = "red", std::int32_t seats = 1) -> boat {
    auto b = boat();
    b.metadata.namespace_ = "bay";
    b.metadata.name = std::move(name);
    b.spec.color = std::move(color);
    b.spec.seats = seats;
    return b;
}
inline auto make_ferry(std::string name) -> ferry {
    auto f = ferry();
    f.metadata.namespace_ = "bay";
    f.metadata.name = std::move(name);
    return f;
}

/// The names of the objects of a list.
inline auto names(api::object_list const& l) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& i : l.items) out.push_back(i.object.metadata().name);
    return out;
}

/// All that a watch has to tell now, as `ADDED name`.
template <class Watch> auto told(Watch& w) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    while (true) {
        auto e = w.next();
        if (!e) return out.push_back("error " + e.error().message), out;
        if (!*e) return out;
        auto const name = (*e)->object ? (*e)->object.object.metadata().name : std::string();
        out.push_back(std::string(to_string((*e)->type)) + (name.empty() ? "" : " " + name));
    }
}

using texts = std::vector<std::string>;

} // namespace yard
