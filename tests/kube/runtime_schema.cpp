/// \file
/// A pod that is described at run time, by the OpenAPI document that the compiled one gives, is the compiled
/// one's twin: the same texts, differences, patches, tables and OpenAPI.

#include "../object/arbitrary.hpp"

#include <berth/api/http/openapi.hpp>
#include <berth/api/http/table.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/field_path.hpp>
#include <berth/object/runtime_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
namespace json = boost::json;

namespace {

constexpr auto pods = 300;

auto schemas_of(object::type_info const& type) -> std::string {
    auto out = std::string(R"({"components":{"schemas":{)");
    auto writer = api::http::detail::schema_writer(out);
    writer.mention(type);
    writer.write_all();
    return out += "}}}";
}

struct twins {
    object::type_info const& compiled = object::type_of<kube::pod>();
    object::runtime_schema schema = make();
    object::type_info const& made = *schema.find("io.k8s.api.core.v1.Pod");

    static auto make() -> object::runtime_schema {
        auto const kinds = std::vector{object::schema_kind{"io.k8s.api.core.v1.Pod", kube::pod::resource}};
        auto read = object::runtime_schema::from_openapi(
            json::parse(schemas_of(object::type_of<kube::pod>())), {.kinds = kinds, .keep_unknown = true});
        if (!read) FAIL(read.error().message);
        return *std::move(read);
    }
};

/// A random pod, twice.
struct pair_of_pods {
    laws::value compiled;
    laws::value made;

    pair_of_pods(twins const& t, berth::random_engine& draw)
        : compiled(t.compiled, draw), made(laws::read(t.made, compiled.document()).value()) {}
};

/// The text of what a document is read as.
auto reread(object::type_info const& type, result<json::value> const& document) -> std::string {
    if (!document) return document.error().message;
    auto const v = laws::read(type, *document);
    return v ? v->text() : v.error().message;
}

auto document_text(laws::value const& v) -> std::string {
    auto out = std::string();
    object::append_document(out, v.type(), v.data(), 42);
    return out;
}

/// The table of an object with columns that are paths.
auto table_text(laws::value const& v) -> std::string {
    constexpr auto paths = std::array<std::string_view, 6>{".metadata.name",
                                                           ".status.phase",
                                                           ".spec.containers[0].image",
                                                           ".spec.nodeName",
                                                           R"(.status.conditions[?(@.type=="Ready")].status)",
                                                           ".spec.containers[*].resources.limits"};
    auto k = api::kind{};
    k.resource = v.type().resource;
    k.type = &v.type();
    for (auto const path : paths) {
        auto const read = object::field_path::parse(path).value();
        auto const value = [read, type = k.type](void const* object, time_point) {
            auto const found = read.find(*type, object);
            return api::cell(found ? found->to_string() : std::string());
        };
        k.columns.push_back({path, value});
    }
    auto const ref = object::object_ref{object::any_object::adopt(v.type(), v.type().clone(v.data())), 7};
    auto out = std::string();
    api::http::table(k, {}, api::http::row_object::whole).append(out, "{}", {&ref, 1});
    return out;
}

} // namespace

TEST_CASE("the twin of pods has the same OpenAPI document") {
    auto const t = twins();
    REQUIRE(t.made.resource != nullptr);
    CHECK(*t.made.resource == kube::pod::resource);
    CHECK(&t.made.field("metadata")->type() == &object::type_of<object::meta>());
    CHECK(schemas_of(t.made) == schemas_of(t.compiled));
}

TEST_CASE("the twin of a pod has the same text, with what nobody described") {
    auto const t = twins();
    auto draw = berth::random_engine(1);
    for (auto n = 0; n < pods; ++n) {
        auto const p = pair_of_pods(t, draw);
        REQUIRE(p.made.text() == p.compiled.text());
        REQUIRE(document_text(p.made) == document_text(p.compiled));
    }
}

TEST_CASE("the twin of a pod has the same table") {
    auto const t = twins();
    auto draw = berth::random_engine(2);
    for (auto n = 0; n < pods; ++n) {
        auto const p = pair_of_pods(t, draw);
        REQUIRE(table_text(p.made) == table_text(p.compiled));
    }
}

TEST_CASE("twins of pods are changed by patches in the same way") {
    auto const t = twins();
    auto draw = berth::random_engine(3);
    auto before = pair_of_pods(t, draw);
    for (auto n = 0; n < pods; ++n) {
        auto after = pair_of_pods(t, draw);
        auto const from = before.made.document();
        auto const to = after.made.document();
        auto const merge = object::merge_patch_between(from.get_object(), to.get_object());
        REQUIRE(json::serialize(merge) ==
                json::serialize(object::merge_patch_between(before.compiled.document().get_object(),
                                                            after.compiled.document().get_object())));
        auto const merged = object::apply_merge_patch(from, merge);
        REQUIRE(reread(t.made, merged) == reread(t.compiled, merged));
        REQUIRE(reread(t.made, merged) == after.compiled.text());
        auto const operated = object::apply_json_patch(from, patches::json_patch_between(from, to));
        REQUIRE(reread(t.made, operated) == after.compiled.text());
        // What one pod says is merged into the other, by the keys of its lists.
        auto const mixed = object::apply_strategic_patch(from, to, t.made);
        auto const wanted = object::apply_strategic_patch(from, to, t.compiled);
        REQUIRE(reread(t.made, mixed) == reread(t.compiled, wanted));
        before = std::move(after);
    }
}

TEST_CASE("twins of pods are equal when the pods are") {
    auto const t = twins();
    auto draw = berth::random_engine(4);
    for (auto n = 0; n < pods; ++n) {
        auto const a = pair_of_pods(t, draw);
        auto const b = pair_of_pods(t, draw);
        REQUIRE((a.made == b.made) == (a.compiled == b.compiled));
        REQUIRE(a.made == laws::value(a.made));
        REQUIRE(laws::broken_by(a.made, b.made) == "");
        REQUIRE(laws::notices_changes(a.made));
    }
}
