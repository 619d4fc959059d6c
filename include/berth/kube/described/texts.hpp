#pragma once

/// \file
/// The kinds of Kubernetes 1.36 that are described by text alone, a text for each group of them
/// (`object/schema_text.hpp`).

#include <berth/core/config.hpp>

#include <string_view>

namespace berth::kube::detail {

inline constexpr std::string_view storage_text = R"(
@group io.k8s.api.storage.v1 storage.k8s.io/v1
@kind VolumeAttachment volumeattachments cluster fixed=spec deleted
@column Attacher .spec.attacher
@column PV .spec.source.persistentVolumeName
@column Node .spec.nodeName
@column Attached .status.attached
spec! VolumeAttachmentSpec #2
status VolumeAttachmentStatus #3 default={}
@type VolumeAttachmentSpec
attacher! string #1
source! VolumeAttachmentSource #2
nodeName! string #3
@type VolumeAttachmentSource
persistentVolumeName *string #1
inlineVolumeSpec *core.PersistentVolumeSpec #2
@type VolumeAttachmentStatus
attached! bool #1 default=false
attachmentMetadata {string} #2
attachError *VolumeError #3
detachError *VolumeError #4
@type VolumeError
time time #1
message string #2
errorCode *int #3
@kind VolumeAttributesClass volumeattributesclasses cluster short=vac deleted
@column DriverName .driverName
driverName! string #2
parameters {string} #3
)";

inline constexpr std::string_view network_text = R"(
@group io.k8s.api.networking.v1 networking.k8s.io/v1
@kind IPAddress ipaddresses cluster short=ip
@column ParentRef .spec.parentRef.name
spec IPAddressSpec #2
@type IPAddressSpec
parentRef! *ParentReference #1
@type ParentReference
group string #1
resource! string #2
namespace string #3
name! string #4
@kind ServiceCIDR servicecidrs cluster generation
@column CIDRs .spec.cidrs
spec ServiceCIDRSpec #2
status ServiceCIDRStatus #3 default={}
@type ServiceCIDRSpec
cidrs [string] #1 atomic most=2
@type ServiceCIDRStatus
conditions [meta.Condition] #1 map=type merge=type
)";

inline constexpr std::string_view registration_text = R"(
@group io.k8s.kube-aggregator.pkg.apis.apiregistration.v1 apiregistration.k8s.io/v1
@kind APIService apiservices cluster
@column Service .spec.service.name
@column Available .status.conditions[?(@.type=="Available")].status
spec APIServiceSpec #2
status APIServiceStatus #3 default={}
@type APIServiceSpec
service *ServiceReference #1
group string #2
version string #3
insecureSkipTLSVerify bool #4
caBundle bytes #5
groupPriorityMinimum! int #7 min=1 max=20000
versionPriority! int #8 min=1 max=1000
@type ServiceReference
namespace string #1
name string #2
port *int #3
@type APIServiceStatus
conditions [APIServiceCondition] #1 map=type merge=type
@type APIServiceCondition
type! string #1
status! string #2
lastTransitionTime time #3
reason string #4
message string #5
)";

inline constexpr std::string_view flow_text = R"(
@group io.k8s.api.flowcontrol.v1 flowcontrol.apiserver.k8s.io/v1
@kind FlowSchema flowschemas cluster generation
@column PriorityLevel .spec.priorityLevelConfiguration.name
@column MatchingPrecedence .spec.matchingPrecedence
@column DistinguisherMethod .spec.distinguisherMethod.type
spec FlowSchemaSpec #2
status FlowSchemaStatus #3 default={}
@type FlowSchemaSpec
priorityLevelConfiguration! PriorityLevelConfigurationReference #1
matchingPrecedence int #2 min=1 max=10000 default=1000
distinguisherMethod *FlowDistinguisherMethod #3
rules [PolicyRulesWithSubjects] #4 atomic
@type PriorityLevelConfigurationReference
name! string #1
@type FlowDistinguisherMethod
type! string #1 enum=ByNamespace|ByUser
@type PolicyRulesWithSubjects
subjects! [FlowSubject] #1 atomic
resourceRules [ResourcePolicyRule] #2 atomic
nonResourceRules [NonResourcePolicyRule] #3 atomic
@type FlowSubject
kind! string #1 enum=Group|ServiceAccount|User
user *NamedSubject #2
group *NamedSubject #3
serviceAccount *ServiceAccountSubject #4
@type NamedSubject
name! string #1
@type ServiceAccountSubject
namespace! string #1
name! string #2
@type ResourcePolicyRule
verbs! [string] #1 set
apiGroups! [string] #2 set
resources! [string] #3 set
clusterScope bool #4
namespaces [string] #5 set
@type NonResourcePolicyRule
verbs! [string] #1 set
nonResourceURLs! [string] #6 set
@type FlowSchemaStatus
conditions [FlowSchemaCondition] #1 map=type merge=type
@type FlowSchemaCondition
type string #1
status string #2
lastTransitionTime time #3
reason string #4
message string #5
@kind PriorityLevelConfiguration prioritylevelconfigurations cluster generation
@column Type .spec.type
@column NominalConcurrencyShares .spec.limited.nominalConcurrencyShares
@column Queues .spec.limited.limitResponse.queuing.queues
@column HandSize .spec.limited.limitResponse.queuing.handSize
@column QueueLengthLimit .spec.limited.limitResponse.queuing.queueLengthLimit
spec PriorityLevelConfigurationSpec #2
status PriorityLevelConfigurationStatus #3 default={}
@type PriorityLevelConfigurationSpec
type! string #1 enum=Exempt|Limited
limited *LimitedPriorityLevelConfiguration #2
exempt *ExemptPriorityLevelConfiguration #3
@type LimitedPriorityLevelConfiguration
nominalConcurrencyShares *int #1 min=0 default=30
limitResponse LimitResponse #2
lendablePercent *int #3 min=0 max=100 default=0
borrowingLimitPercent *int #4 min=0
@type ExemptPriorityLevelConfiguration
nominalConcurrencyShares *int #1 min=0 default=0
lendablePercent *int #2 min=0 max=100 default=0
@type LimitResponse
type! string #1 enum=Queue|Reject
queuing *QueuingConfiguration #2
@type QueuingConfiguration
queues int #1 min=1 max=10000000 default=64
handSize int #2 min=1 default=8
queueLengthLimit int #3 min=1 default=50
@type PriorityLevelConfigurationStatus
conditions [PriorityLevelConfigurationCondition] #1 map=type merge=type
@type PriorityLevelConfigurationCondition
type string #1
status string #2
lastTransitionTime time #3
reason string #4
message string #5
)";

inline constexpr std::string_view admission_text = R"(
@group io.k8s.api.admissionregistration.v1 admissionregistration.k8s.io/v1
@kind ValidatingAdmissionPolicy validatingadmissionpolicies cluster generation idle
@column ParamKind .spec.paramKind.kind
spec ValidatingAdmissionPolicySpec #2
status ValidatingAdmissionPolicyStatus #3 default={}
@type ValidatingAdmissionPolicySpec
paramKind *ParamKind #1
matchConstraints *MatchResources #2
validations [Validation] #3 atomic
failurePolicy *string #4 enum=Fail|Ignore default="Fail"
auditAnnotations [AuditAnnotation] #5 atomic
matchConditions [MatchCondition] #6 map=name merge=name
variables [Variable] #7 map=name merge=name
@type ParamKind
apiVersion string #1
kind string #2
@type Validation
expression! string #1
message string #2
reason *string #3
messageExpression string #4
@type AuditAnnotation
key! string #1
valueExpression! string #2
@type MatchCondition
name! string #1
expression! string #2
@type Variable
name! string #1
expression! string #2
@type MatchResources
namespaceSelector *meta.LabelSelector #1
objectSelector *meta.LabelSelector #2
resourceRules [NamedRuleWithOperations] #3 atomic
excludeResourceRules [NamedRuleWithOperations] #4 atomic
matchPolicy *string #7 enum=Equivalent|Exact default="Equivalent"
@type NamedRuleWithOperations
resourceNames [string] #1 atomic
operations [string] #2.1 atomic enum=*|CONNECT|CREATE|DELETE|UPDATE
apiGroups [string] #2.2.1 atomic
apiVersions [string] #2.2.2 atomic
resources [string] #2.2.3 atomic
scope *string #2.2.4 enum=*|Cluster|Namespaced default="*"
@type ValidatingAdmissionPolicyStatus
observedGeneration long #1
typeChecking *TypeChecking #2
conditions [meta.Condition] #3 map=type
@type TypeChecking
expressionWarnings [ExpressionWarning] #1 atomic
@type ExpressionWarning
fieldRef! string #2
warning! string #3
@kind ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings cluster generation idle
@column PolicyName .spec.policyName
@column ParamRef .spec.paramRef.name
spec ValidatingAdmissionPolicyBindingSpec #2
@type ValidatingAdmissionPolicyBindingSpec
policyName! string #1
paramRef *ParamRef #2
matchResources *MatchResources #3
validationActions! [string] #4 set enum=Audit|Deny|Warn
@type ParamRef
name string #1
namespace string #2
selector *meta.LabelSelector #3
parameterNotFoundAction *string #4 enum=Allow|Deny
)";

inline constexpr std::string_view resource_text = R"(
@group io.k8s.api.resource.v1 resource.k8s.io/v1
@kind DeviceClass deviceclasses cluster generation idle
spec! DeviceClassSpec #2
@type DeviceClassSpec
selectors [DeviceSelector] #1 atomic most=32
config [DeviceClassConfiguration] #2 atomic most=32
extendedResourceName *string #4
@type DeviceSelector
cel *CELDeviceSelector #1
@type CELDeviceSelector
expression! string #1 most=10240
@type DeviceClassConfiguration
opaque *OpaqueDeviceConfiguration #1.1
@type OpaqueDeviceConfiguration
driver! string #1
parameters! any #2
@kind ResourceClaim resourceclaims namespaced idle fixed=spec
@column State .status.allocation
spec! ResourceClaimSpec #2
status ResourceClaimStatus #3 default={}
@type ResourceClaimSpec
devices DeviceClaim #1
@type DeviceClaim
requests [DeviceRequest] #1 atomic most=32
constraints [DeviceConstraint] #2 atomic most=32
config [DeviceClaimConfiguration] #3 atomic most=32
@type DeviceRequest
name! string #1
exactly *ExactDeviceRequest #2
firstAvailable [DeviceSubRequest] #3 atomic most=8
@type ExactDeviceRequest
deviceClassName! string #1
selectors [DeviceSelector] #2 atomic most=32
allocationMode string #3 enum=All|ExactCount default="ExactCount"
count long #4 min=1
adminAccess *bool #5
tolerations [DeviceToleration] #6 atomic
capacity *CapacityRequirements #7
@type DeviceSubRequest
name! string #1
deviceClassName! string #2
selectors [DeviceSelector] #3 atomic most=32
allocationMode string #4 enum=All|ExactCount default="ExactCount"
count long #5 min=1
tolerations [DeviceToleration] #6 atomic
capacity *CapacityRequirements #7
@type CapacityRequirements
requests {quantity} #1
@type DeviceToleration
key string #1
operator string #2 enum=Equal|Exists default="Equal"
value string #3
effect string #4 enum=NoExecute|NoSchedule|None
tolerationSeconds *long #5
@type DeviceConstraint
requests [string] #1 atomic most=32
matchAttribute *string #2
distinctAttribute *string #3
@type DeviceClaimConfiguration
requests [string] #1 atomic most=32
opaque *OpaqueDeviceConfiguration #2.1
@type ResourceClaimStatus
allocation *AllocationResult #1
reservedFor [ResourceClaimConsumerReference] #2 map=uid merge=uid most=256
devices [AllocatedDeviceStatus] #4 map=driver,device,pool,shareID
@type AllocationResult
devices DeviceAllocationResult #1
nodeSelector *core.NodeSelector #3
allocationTimestamp *time #5
@type DeviceAllocationResult
results [DeviceRequestAllocationResult] #1 atomic most=32
config [DeviceAllocationConfiguration] #2 atomic most=64
@type DeviceRequestAllocationResult
request! string #1
driver! string #2
pool! string #3
device! string #4
adminAccess *bool #5
tolerations [DeviceToleration] #6 atomic
bindingConditions [string] #7 atomic most=4
bindingFailureConditions [string] #8 atomic most=4
shareID *string #9
consumedCapacity {quantity} #10
@type DeviceAllocationConfiguration
source! string #1 enum=FromClaim|FromClass
requests [string] #2 atomic
opaque *OpaqueDeviceConfiguration #3.1
@type ResourceClaimConsumerReference
apiGroup string #1
resource! string #3
name! string #4
uid! string #5
@type AllocatedDeviceStatus
driver! string #1
pool! string #2
device! string #3
shareID *string #7
conditions [meta.Condition] #4 map=type most=8
data *any #5
networkData *NetworkDeviceData #6
@type NetworkDeviceData
interfaceName string #1
ips [string] #2 atomic
hardwareAddress string #3
@kind ResourceClaimTemplate resourceclaimtemplates namespaced idle fixed=spec
spec! ResourceClaimTemplateSpec #2
@type ResourceClaimTemplateSpec
metadata meta.ObjectMeta #1
spec! ResourceClaimSpec #2
@kind ResourceSlice resourceslices cluster generation idle
@column Node .spec.nodeName
@column Driver .spec.driver
@column Pool .spec.pool.name
spec! ResourceSliceSpec #2
@type ResourceSliceSpec
driver! string #1
pool! ResourcePool #2
nodeName *string #3
nodeSelector *core.NodeSelector #4
allNodes *bool #5
devices [Device] #6 atomic most=128
perDeviceNodeSelection *bool #7
sharedCounters [CounterSet] #8 atomic most=8
@type ResourcePool
name! string #1
generation! long #2
resourceSliceCount! long #3 min=1
@type CounterSet
name! string #1
counters! {Counter} #2
@type Counter
value! quantity #1
@type Device
name! string #1
attributes {DeviceAttribute} #2
capacity {DeviceCapacity} #3
consumesCounters [DeviceCounterConsumption] #4 atomic
nodeName *string #5
nodeSelector *core.NodeSelector #6
allNodes *bool #7
taints [DeviceTaint] #8 atomic most=16
bindsToNode *bool #9
bindingConditions [string] #10 atomic most=4
bindingFailureConditions [string] #11 atomic most=4
allowMultipleAllocations *bool #12
@type DeviceAttribute
int *long #2
bool *bool #3
string *string #4
version *string #5
@type DeviceCapacity
value! quantity #1
requestPolicy *CapacityRequestPolicy #2
@type CapacityRequestPolicy
default *quantity #1
validValues [quantity] #3 atomic most=10
validRange *CapacityRequestPolicyRange #4
@type CapacityRequestPolicyRange
min *quantity #1
max *quantity #2
step *quantity #3
@type DeviceCounterConsumption
counterSet! string #1
counters! {Counter} #2
@type DeviceTaint
key! string #1
value string #2
effect! string #3 enum=NoExecute|NoSchedule|None
timeAdded *time #4
)";

inline constexpr std::string_view described_texts[] = {storage_text, network_text,   registration_text,
                                                       flow_text,    admission_text, resource_text};

} // namespace berth::kube::detail
